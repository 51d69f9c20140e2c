// Why something was not done, said as soon as it is known; nothing where nothing went wrong.

export const Trouble = ({ text }: { readonly text: string | null }) =>
  text === null ? null : (
    <p className="trouble" role="alert">
      {text}
    </p>
  );
