import { useEffect } from 'react';
import { useTools } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { useMine } from '../useMine.ts';
import { givePictures } from './givePictures.ts';

/** TR15: this device gives pictures as long as it stands on the stage of a unit. @param inRoom it is shown one */
export function useGivenPictures(inRoom: boolean): void {
  const { channel, media, identity } = useTools();
  const { api } = useOffice();
  const stands = useMine().speaker?.place === 'stage';
  useEffect(() => {
    if (inRoom && stands) return givePictures({ channel, media, identity }, api);
  }, [inRoom, stands, channel, media, identity, api]);
}
