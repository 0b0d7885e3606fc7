import { type PlaceEvent, watchPlace } from '../bots/places/index.ts';
import { createFileIntake } from '../intake/file-intake.ts';
import type { Installation } from './open-installation.ts';
import { createPlaces } from './places.ts';

/** Watches every place of the settings that says so, until it is stopped. A place that is away never stops the others. */
export function watchPlaces(installation: Installation, tell: (event: PlaceEvent) => void): { stop(): Promise<void> } {
  const { settings, store } = installation.parts;
  const stopping = new AbortController();
  const open = createPlaces(installation.parts);
  const handler = createFileIntake({ artefacts: store.artefacts, publish: installation.publish });
  const onEvent = (event: PlaceEvent) => {
    tell(event);
    if (event.type !== 'filed' || event.folder !== 'failed') return;
    const { place, path, reason } = event;
    const details = { place, path, reason: reason ?? null };
    const entry = { actor: 'bot:places', action: 'file.failed', details };
    store.audit
      .append(entry)
      .catch((error: unknown) =>
        tell({ type: 'not-taken', place, path, detail: `not in the trail: ${String(error)}` }),
      );
  };
  const watches = Object.entries(settings.places).flatMap(([name, { watch }]) => {
    if (!watch) return [];
    const { signal } = stopping;
    return [watchPlace({ name, settings: watch, open: () => open(name), handler, onEvent, signal })];
  });
  return {
    async stop() {
      stopping.abort();
      await Promise.allSettled(watches);
    },
  };
}
