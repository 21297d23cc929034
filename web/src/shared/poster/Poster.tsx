import { drawing } from './art';
import { posterOf } from './poster';

/** A drawing alone, in the colours of the surrounding palette class. */
export function PosterArt({ title, className }: { title: string; className: string }) {
  return (
    <svg
      className={className}
      viewBox="0 0 400 300"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
      focusable="false"
      // Our own files, the very ones that the server puts into the first screen.
      dangerouslySetInnerHTML={{ __html: drawing(posterOf(title).art) }}
    />
  );
}

/** The typographic poster of an event without a cover. Decoration: its title stands beside it as text. */
export function Poster({ title }: { title: string }) {
  const { palette, fit } = posterOf(title);
  return (
    <div className={`poster p${String(palette)}`} aria-hidden="true">
      <p className={`poster-title fit-${fit}`}>{title}</p>
      <PosterArt title={title} className="poster-art" />
    </div>
  );
}
