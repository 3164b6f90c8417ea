import { z } from 'zod';

/** The form of what follows; a node of another form says so instead of guessing. */
export const JOIN_FORM = 1;

const bytes = (length: number) => z.base64url().length(Math.ceil((length * 4) / 3));

/** NJ2: what somebody says who wants to be a node beside this one. */
export const clusterJoinAskSchema = z.strictObject({
  form: z.literal(JOIN_FORM),
  /** Made for this question alone (X25519). */
  key: bytes(32),
  /** That they know the secret of the cluster. */
  proof: bytes(32),
});
export type ClusterJoinAsk = z.output<typeof clusterJoinAskSchema>;

export const clusterJoinAnswerSchema = z.strictObject({
  /** Likewise, of who answers. */
  key: bytes(32),
  /** What only who asked can open, and only who knows the secret has closed. */
  box: z.base64url().max(1_000_000),
});
export type ClusterJoinAnswer = z.output<typeof clusterJoinAnswerSchema>;
