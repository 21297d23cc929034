import { useEffect, useState, type RefObject } from 'react';
import { Button } from '~/shared/ui/Button';
import { FORM_ID } from './TicketBox';
import { words } from './words';

/** Whether the ticket box itself is in view; then the bar would only be in the way. */
function useInView(target: RefObject<HTMLElement | null>): boolean {
  const [isInView, setInView] = useState(false);
  useEffect(() => {
    const foot = target.current?.querySelector('.stub-foot');
    if (foot === null || foot === undefined) return;
    const observer = new IntersectionObserver(([entry]) => {
      setInView(entry?.isIntersecting === true);
    });
    observer.observe(foot);
    return () => {
      observer.disconnect();
    };
  }, [target]);
  return isInView;
}

interface BuyBarProps {
  price: string;
  box: RefObject<HTMLElement | null>;
  isBusy: boolean;
}

/** On phones: the price and the way to buy, always at hand. */
export function BuyBar({ price, box, isBusy }: BuyBarProps) {
  const isInView = useInView(box);
  return (
    <div className="buybar" hidden={isInView}>
      <span className="num">{price}</span>
      <Button type="submit" form={FORM_ID} busy={isBusy ? words.holding : null}>
        {words.get}
      </Button>
    </div>
  );
}
