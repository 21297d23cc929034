/** What the door hears and feels: admitted rises, refused falls, unsure is one flat tone. */
export type Signal = 'admitted' | 'refused' | 'unsure';

const TONES: Record<Signal, readonly { hertz: number; from: number; seconds: number }[]> = {
  admitted: [
    { hertz: 660, from: 0, seconds: 0.09 },
    { hertz: 990, from: 0.09, seconds: 0.16 },
  ],
  refused: [
    { hertz: 220, from: 0, seconds: 0.18 },
    { hertz: 165, from: 0.2, seconds: 0.3 },
  ],
  unsure: [{ hertz: 440, from: 0, seconds: 0.25 }],
};
const BUZZES: Record<Signal, number[]> = {
  admitted: [60],
  refused: [120, 80, 120, 80, 120],
  unsure: [200],
};

let audio: AudioContext | null = null;

function beep(context: AudioContext, { hertz, from, seconds }: (typeof TONES)['unsure'][number]) {
  const start = context.currentTime + from;
  const source = context.createOscillator();
  const volume = context.createGain();
  source.type = 'triangle';
  source.frequency.value = hertz;
  volume.gain.setValueAtTime(0.4, start);
  volume.gain.exponentialRampToValueAtTime(0.001, start + seconds);
  source.connect(volume).connect(context.destination);
  source.start(start);
  source.stop(start + seconds);
}

/** Browsers allow sound only after a press or a key; before that this stays silent. */
export function playSound(signal: Signal): void {
  try {
    audio ??= new AudioContext();
    void audio.resume().catch(() => undefined);
    for (const tone of TONES[signal]) beep(audio, tone);
  } catch {
    // A door without loudspeaker still has the colours.
  }
}

export function buzz(signal: Signal): void {
  if ('vibrate' in navigator) navigator.vibrate(BUZZES[signal]);
}
