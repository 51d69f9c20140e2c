// Text that somebody else has chosen, as it is, with what would not be seen named in its place. Its direction touches nothing around it.
import { visiblePieces } from '../visible-text.ts';

export const Visible = ({ text }: { readonly text: string }) => (
  <bdi>
    {visiblePieces(text).map(({ text: plain, mark }, at) =>
      mark === null ? (
        plain
      ) : (
        <span key={at} className="unseen-mark" title="a character that would not be seen">
          {mark}
        </span>
      ),
    )}
  </bdi>
);
