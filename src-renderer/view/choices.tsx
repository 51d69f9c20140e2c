// One of a few, pressed in their row.

interface ChoicesProps<T> {
  /** What is chosen: `How far back`. */
  readonly label: string;
  readonly className: string;
  readonly choices: readonly { readonly value: T; readonly button: string }[];
  /** null: none of them. */
  readonly chosen: T | null;
  readonly choose: (value: T) => void;
}

export const Choices = <T extends string | number>({ label, className, choices, chosen, choose }: ChoicesProps<T>) => (
  <div className={`choices ${className}`} role="group" aria-label={label}>
    {choices.map(({ value, button }) => (
      <button key={value} type="button" aria-pressed={value === chosen} onClick={() => choose(value)}>
        {button}
      </button>
    ))}
  </div>
);
