// One way in which the owner works: its name, whether it is in use, what it has learned; renamed and removed here.
import { useRef, useState } from 'react';
import type { Profile } from '../../../src-preload/contract.ts';
import { dayAndTime, fullTime } from '../../format.ts';
import { PROFILE_SIGNS } from '../../learned-words.ts';
import { showLearning } from '../../state.ts';
import { Confirm } from '../confirm.tsx';
import { SignWord } from '../sign.tsx';
import { useClient } from '../use-client.ts';
import { LearnedRow } from './learned-row.tsx';
import { NameForm } from './name-form.tsx';
import { usePermission } from './use-permission.ts';

interface ProfileBlockProps {
  readonly profile: Profile;
  /** The last one is not removed: learning anew forgets it. */
  readonly removable: boolean;
}

function Remove({ profile: { id, name }, close }: { readonly profile: Profile; readonly close: () => void }) {
  const client = useClient();
  return (
    <Confirm
      question={
        <>
          <strong>Remove “{name}”?</strong> All that it has learned is forgotten. This cannot be undone.
        </>
      }
      no="Keep it"
      yes="Remove and forget"
      perform={async () => showLearning(await client.call('removeProfile', { id }))}
      close={close}
    />
  );
}

export function ProfileBlock({ profile, removable }: ProfileBlockProps) {
  const client = useClient();
  const { may, up } = usePermission();
  const [open, setOpen] = useState<'rename' | 'remove' | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const { id, name, createdMs, status, modalities } = profile;
  const close = (): void => {
    setOpen(null);
    heading.current?.focus();
  };
  return (
    <li className="profile">
      <div className="profile-head">
        <h3 ref={heading} tabIndex={-1}>
          {name}
        </h3>
        <SignWord sign={PROFILE_SIGNS[status]} />
        <span className="quiet" title={fullTime(createdMs)}>
          since {dayAndTime(createdMs)}
        </span>
        <span className="profile-deeds">
          <button
            type="button"
            className="button minor"
            disabled={!up}
            aria-label={`Rename ${name}`}
            aria-expanded={open === 'rename'}
            onClick={() => setOpen('rename')}
          >
            Rename
          </button>
          {removable && (
            <button
              type="button"
              className="button minor"
              disabled={!may}
              aria-label={`Remove ${name}`}
              aria-expanded={open === 'remove'}
              onClick={() => setOpen('remove')}
            >
              Remove
            </button>
          )}
        </span>
      </div>
      {open === 'rename' && (
        <NameForm
          label="New name"
          save="Rename"
          first={name}
          perform={async (next) => showLearning(await client.call('renameProfile', { id, name: next }))}
          close={close}
        />
      )}
      {open === 'remove' && <Remove profile={profile} close={close} />}
      <ul className="plain learned-list">
        {modalities.map((learned) => (
          <LearnedRow key={learned.modality} profile={id} learned={learned} />
        ))}
      </ul>
    </li>
  );
}
