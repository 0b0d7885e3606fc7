import type { PlaceEvent } from '../bots/places/index.ts';

/** What happens at a watched place, as one line for an operator. */
export function placeWords(event: PlaceEvent): string {
  const place = `place ${event.place}`;
  switch (event.type) {
    case 'unreachable':
      return `${place}: not reachable, next try in ${Math.ceil(event.retryInMs / 1000)} s: ${event.detail}`;
    case 'reachable':
      return `${place}: reachable again`;
    case 'filed':
      return `${place}: ${event.path} → ${event.folder}${event.reason ? ` (${event.reason})` : ''}`;
    case 'not-taken':
      return `${place}: ${event.path} stays where it is and is retried: ${event.detail}`;
  }
}
