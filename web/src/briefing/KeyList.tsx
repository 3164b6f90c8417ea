/** Keys of the keyboard, each with what it does. */
export const KeyList = ({ keys }: { readonly keys: readonly (readonly [string, string])[] }) => (
  <dl>
    {keys.map(([key, what]) => (
      <div key={key}>
        <dt>
          <kbd>{key}</kbd>
        </dt>
        <dd>{what}</dd>
      </div>
    ))}
  </dl>
);
