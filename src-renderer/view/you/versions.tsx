// The versions of one model, newest first, each with the way back to it. What a way back forgets is said before it is done.
import type { LearnedModality, ModelVersion } from '../../../src-preload/contract.ts';
import { dayAndTime } from '../../format.ts';
import { earlierVersions, forgottenBy, versionFigures, versionInUse, versionTitle } from '../../learned-words.ts';
import { showLearning } from '../../state.ts';
import { MODALITY_TITLES } from '../../words.ts';
import { Confirm } from '../confirm.tsx';
import { useAsked } from '../use-asked.ts';
import { useClient } from '../use-client.ts';
import { usePermission } from './use-permission.ts';

interface VersionsProps {
  /** null: shared by all profiles. */
  readonly profile: string | null;
  readonly learned: LearnedModality;
}

interface VersionProps extends VersionsProps {
  readonly version: ModelVersion;
  readonly earlier: boolean;
}

function Version({ profile, learned, version, earlier }: VersionProps) {
  const client = useClient();
  const { may } = usePermission();
  const { asked, ask, close, back } = useAsked<HTMLButtonElement>();
  const { modality, unit } = learned;
  return (
    <li className="version">
      <p>
        <strong>{versionTitle(version)}</strong>
        <span className="quiet">{versionFigures(version, unit)}</span>
      </p>
      {version.inUse && <p className="version-state">In use</p>}
      {earlier && (
        <button
          type="button"
          className="button minor"
          ref={back}
          disabled={!may}
          aria-expanded={asked}
          aria-label={`Go back to version ${version.version} of ${MODALITY_TITLES[modality].toLowerCase()}`}
          onClick={ask}
        >
          Go back
        </button>
      )}
      {asked && (
        <Confirm
          question={
            <>
              <strong>
                Go back to version {version.version} of {MODALITY_TITLES[modality].toLowerCase()}?
              </strong>{' '}
              {forgottenBy(learned, version)}
            </>
          }
          no="Keep what it knows now"
          yes="Go back and forget"
          perform={async () =>
            showLearning(await client.call('useVersion', { profile, modality, version: version.version }))
          }
          close={close}
        />
      )}
    </li>
  );
}

export function Versions({ profile, learned }: VersionsProps) {
  const { versions } = learned;
  const current = versionInUse(learned) ?? versions[0];
  if (current === undefined) return null;
  const earlier = earlierVersions(learned);
  return (
    <details className="versions">
      <summary>
        Version {current.version} of {dayAndTime(current.createdMs)}
        {earlier.length > 0 && `, ${earlier.length} earlier`}
      </summary>
      <ol className="plain">
        {versions.map((version) => (
          <Version
            key={version.version}
            profile={profile}
            learned={learned}
            version={version}
            earlier={earlier.includes(version)}
          />
        ))}
      </ol>
    </details>
  );
}
