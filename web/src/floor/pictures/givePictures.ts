import type { Api } from '../../api/Api.ts';
import { LOOK_BYTES } from '../../api/contract.ts';
import type { BriefingTools } from '../../session/BriefingContext.tsx';

/** Lines and quality, from the best; the first that is small enough is sent. */
const tries = [
  [180, 0.55],
  [180, 0.35],
  [144, 0.35],
  [120, 0.3],
] as const;
/** A camera that is on shows something within this time. */
const SEEN_MS = 2_000;

/** TR15: one small picture of the own camera whenever officials above look at all stages. @returns ends it */
export function givePictures(
  { channel, media, identity }: Pick<BriefingTools, 'channel' | 'media' | 'identity'>,
  api: Pick<Api, 'ask'>,
): () => void {
  return channel.on('stage.look', ({ briefing }) => {
    const me = media.state.get().people.get(identity);
    const track = me?.cameraMuted ? undefined : me?.camera?.mediaStreamTrack;
    if (!track) return;
    // What does not come is asked for again.
    takePicture(track)
      .then((body) => body && api.ask(`/api/briefings/${briefing}/stages/picture`, undefined, { method: 'POST', body }))
      .catch(() => undefined);
  });
}

/** @returns undefined: it does not get small enough */
async function takePicture(track: MediaStreamTrack): Promise<Blob | undefined> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  try {
    await new Promise((resolve, reject) => {
      video.addEventListener('loadeddata', resolve, { once: true });
      setTimeout(() => reject(new Error('the camera shows nothing')), SEEN_MS);
      void video.play().catch(reject);
    });
    for (const [lines, quality] of tries) {
      const canvas = document.createElement('canvas');
      const scale = Math.min(1, lines / video.videoHeight, (lines * 16) / 9 / video.videoWidth);
      canvas.width = Math.round(video.videoWidth * scale);
      canvas.height = Math.round(video.videoHeight * scale);
      canvas.getContext('2d', { alpha: false })?.drawImage(video, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise<Blob | null>((give) => canvas.toBlob(give, 'image/jpeg', quality));
      if (blob && blob.size <= LOOK_BYTES) return blob;
    }
    return undefined;
  } finally {
    video.srcObject = null;
  }
}
