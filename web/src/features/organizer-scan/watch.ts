import { codeIn } from './reader';
import { makeSightings } from './sightings';

const WIDTH = 800;
const PAUSE_MS = 60;

const pause = () =>
  new Promise((resolve) => {
    window.setTimeout(resolve, PAUSE_MS);
  });

/** The camera's picture now, no wider than a reader needs; null before the first one. */
function pictureOf(video: HTMLVideoElement, canvas: HTMLCanvasElement): ImageData | null {
  if (video.videoWidth === 0) return null;
  const scale = Math.min(1, WIDTH / video.videoWidth);
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return context?.getImageData(0, 0, canvas.width, canvas.height) ?? null;
}

/** Reads the video until told to stop; each code is reported once while it stays in view. */
export async function watch(
  video: HTMLVideoElement,
  signal: AbortSignal,
  onCode: (code: string) => void,
): Promise<void> {
  const canvas = document.createElement('canvas');
  const isNew = makeSightings();
  while (!signal.aborted) {
    const picture = pictureOf(video, canvas);
    const code = picture === null ? null : await codeIn(picture);
    if (code !== null && isNew(code, performance.now())) onCode(code);
    await pause();
  }
}

/** The camera that looks away from its user, where there is a choice. */
export async function openCamera(signal: AbortSignal): Promise<MediaStream> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment', width: { ideal: 1280 } },
  });
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop);
  return stream;
}
