"""A camera for Chromium that sees whatever picture a test holds in front of it."""

from pathlib import Path

from PIL import Image

WIDTH, HEIGHT = 640, 480


class Camera:
    """Chromium reads the picture whenever a page opens the camera."""

    def __init__(self, film: Path) -> None:
        self._film = film
        self.show(Image.new("L", (WIDTH, HEIGHT), "white"))

    @property
    def arguments(self) -> list[str]:
        """What a Chromium is started with to have this camera, and permission to use it."""
        return [
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={self._film}",
        ]

    def show(self, picture: Image.Image) -> None:
        """Hold `picture`, at most 640 by 480 pixels, before the camera."""
        frame = Image.new("L", (WIDTH, HEIGHT), "white")
        frame.paste(picture.convert("L"), ((WIDTH - picture.width) // 2, 20))
        colourless = bytes([128]) * (WIDTH * HEIGHT // 2)
        header = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A0:0 C420mpeg2\nFRAME\n"
        self._film.write_bytes(header.encode() + frame.tobytes() + colourless)
