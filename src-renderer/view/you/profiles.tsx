// What SecLyzer knows of its owner: a block a profile, what all of them share, another profile, and the way to learning anew.
import type { Learning } from '../../../src-preload/contract.ts';
import { hrefOf } from '../../route.ts';
import { showLearning } from '../../state.ts';
import { useAsked } from '../use-asked.ts';
import { useClient } from '../use-client.ts';
import { LearnedRow } from './learned-row.tsx';
import { NameForm } from './name-form.tsx';
import { ProfileBlock } from './profile-block.tsx';
import { Refusal } from './refusal.tsx';
import { usePermission } from './use-permission.ts';

function AddProfile() {
  const client = useClient();
  const { may } = usePermission();
  const { asked, ask, close, back } = useAsked<HTMLButtonElement>();
  return (
    <>
      <div className="deed">
        <div>
          <h3>Another way in which you work</h3>
          <p className="quiet">
            Another keyboard, the mouse at the dock, an injured hand. What comes in from then on teaches the new profile
            alone; afterwards the one that fits best is used by itself.
          </p>
        </div>
        <button type="button" className="button" ref={back} disabled={!may} aria-expanded={asked} onClick={ask}>
          Add a profile
        </button>
      </div>
      {asked && (
        <NameForm
          label="Its name"
          save="Add and learn it now"
          perform={async (name) => showLearning(await client.call('addProfile', { name }))}
          close={close}
        />
      )}
    </>
  );
}

const WHAT_IT_IS =
  'How far it has come with each way in which you work. A model that turns out worse than the one before can be put back.';

export const Profiles = ({ learning: { profiles, shared } }: { readonly learning: Learning }) => (
  <section className="panel you-profiles" aria-labelledby="profiles-title">
    <h2 id="profiles-title">What SecLyzer knows of you</h2>
    <Refusal id="profiles-refusal" otherwise={WHAT_IT_IS} />
    {profiles.length === 0 ? (
      <p className="quiet">Nothing yet: the first profile begins with what you type and move next.</p>
    ) : (
      <ul className="plain">
        {profiles.map((profile) => (
          <ProfileBlock key={profile.id} profile={profile} removable={profiles.length > 1} />
        ))}
      </ul>
    )}
    {shared.length > 0 && (
      <div className="profile">
        <div className="profile-head">
          <h3>In every profile</h3>
        </div>
        <ul className="plain learned-list">
          {shared.map((learned) => (
            <LearnedRow key={learned.modality} profile={null} learned={learned} />
          ))}
        </ul>
      </div>
    )}
    {profiles.length > 0 && <AddProfile />}
    <p className="quiet">
      To forget all of it, <a href={hrefOf({ page: 'settings' })}>learn anew in Settings</a>.
    </p>
  </section>
);
