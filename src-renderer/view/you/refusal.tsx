// Why nothing that is known of the owner may be changed now, beside what would change it; nothing where it may.
import { usePermission } from './use-permission.ts';

export function Refusal({ id }: { readonly id: string }) {
  const { refusal } = usePermission();
  return refusal === null ? null : (
    <p className="refusal" id={id}>
      {refusal}
    </p>
  );
}
