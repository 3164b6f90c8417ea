/** Why what was asked for was not done; nothing as long as there is no such thing. */
export function Problem({ text }: { text: string | undefined }) {
  return text ? (
    <p className="note bad" role="alert">
      {text}
    </p>
  ) : null;
}
