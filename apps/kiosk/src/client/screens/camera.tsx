import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useText } from '../words/words.js';

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type DetectorClass = new (options: { formats: string[] }) => Detector;

const FORMATS = ['qr_code', 'code_128', 'code_39', 'ean_13', 'pdf417'];
const LOOK_MS = 200;

function detectorClass(): DetectorClass | undefined {
  return (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
}

/** Whether this browser reads codes by itself (Barcode Detection API). */
export function canScan(): boolean {
  return detectorClass() !== undefined && 'mediaDevices' in navigator;
}

/** Reads a code with the camera. Pictures stay in this page and are gone with it. */
export function Camera({ onRead }: { onRead(value: string): void }): ReactNode {
  const text = useText();
  const video = useRef<HTMLVideoElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const gone = new AbortController();
    watch(video.current, onRead, gone.signal).catch(() => setFailed(true));
    return () => gone.abort();
  }, [onRead]);
  if (failed) return <p role="alert">{text('scanNothing')}</p>;
  return (
    <>
      <video ref={video} className="camera" muted playsInline aria-hidden />
      <p className="lead">{text('scanHow')}</p>
    </>
  );
}

async function watch(
  video: HTMLVideoElement | null,
  onRead: (value: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const Reader = detectorClass();
  if (!Reader || !video) return;
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'user' } });
  try {
    video.srcObject = stream;
    await video.play();
    const reader = new Reader({ formats: FORMATS });
    while (!signal.aborted) {
      const [found] = await reader.detect(video);
      if (found) return onRead(found.rawValue);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}
