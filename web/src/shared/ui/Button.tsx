import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link, type LinkProps } from 'react-router';

type Look = 'main' | 'line' | 'text';

function classOf(look: Look, isWide: boolean): string {
  return `btn btn-${look}${isWide ? ' btn-wide' : ''}`;
}

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  look?: Look;
  wide?: boolean;
  /** Words shown while the action runs; the button cannot be pressed meanwhile but keeps focus. */
  busy?: string | null;
}

export function Button({
  look = 'main',
  wide = false,
  busy = null,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const isBusy = busy !== null;
  return (
    <button
      type="button"
      {...rest}
      className={classOf(look, wide)}
      aria-disabled={isBusy || undefined}
      onClick={
        isBusy
          ? (press) => {
              press.preventDefault();
            }
          : onClick
      }
    >
      {isBusy ? busy : children}
    </button>
  );
}

interface ButtonLinkProps extends Omit<LinkProps, 'className'> {
  look?: Look;
  wide?: boolean;
  children: ReactNode;
}

export function ButtonLink({ look = 'main', wide = false, ...rest }: ButtonLinkProps) {
  return <Link {...rest} className={classOf(look, wide)} />;
}
