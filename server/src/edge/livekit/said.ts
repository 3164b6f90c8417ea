import { isLabel, isPlainText } from '../../protocol/name.ts';

export const UNSEEN = 'name, metadata or attributes hold characters that are not seen, or that turn a text';

interface Said {
  readonly name?: string;
  readonly metadata: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** NM3: whether what a program says of a room or a participant is what people will read. */
export const isSaid = ({ name = '', metadata, attributes = {} }: Said): boolean =>
  isLabel(name) && isPlainText(metadata) && Object.entries(attributes).flat().every(isPlainText);
