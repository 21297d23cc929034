import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeTicketVariation, listVariationChoices } from '~/shared/api/generated/boxoffice';
import type {
  OrderPositionView,
  OrderView,
  VariationChoiceView,
} from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';
import { moneyText } from '~/shared/format/money';
import { fullName } from '~/shared/orders/names';
import { orderQuery } from '~/shared/orders/queries';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Skeleton } from '~/shared/ui/Skeleton';
import styles from './Changes.module.css';

interface PositionProps {
  order: OrderView;
  position: OrderPositionView;
}

function buttonText(order: OrderView, { name, new_total: total }: VariationChoiceView): string {
  const back = order.total.amount - total.amount;
  return back > 0 ? `${name}, ${moneyText({ ...total, amount: back })} back` : name;
}

function Choices({ order, position, close }: PositionProps & { close: () => void }) {
  const queryClient = useQueryClient();
  const read = useQuery({
    queryKey: ['order', order.token, 'variations', position.id],
    queryFn: () =>
      listVariationChoices(order.organizer_slug, order.id, position.id, asHolder(order.token)),
    staleTime: 0,
  });
  const changing = useMutation({
    mutationFn: (choice: VariationChoiceView) =>
      changeTicketVariation(
        order.organizer_slug,
        order.id,
        position.id,
        { variation_id: choice.variation_id, expected_total: choice.new_total.amount },
        asHolder(order.token),
      ),
    onSuccess: (changed) => {
      queryClient.setQueryData(orderQuery(order.token).queryKey, changed);
      close();
    },
  });
  return (
    <div className={styles.form}>
      {read.isPending && <Skeleton height={44} />}
      {read.isError && <ErrorPanel error={read.error} />}
      {read.data?.length === 0 && <p>There is no other one that costs no more.</p>}
      <div className={styles.buttons}>
        {read.data?.map((choice) => (
          <Button
            key={choice.variation_id}
            busy={
              changing.isPending && changing.variables.variation_id === choice.variation_id
                ? 'Changing…'
                : null
            }
            onClick={() => {
              changing.mutate(choice);
            }}
          >
            {buttonText(order, choice)}
          </Button>
        ))}
        <Button look="line" onClick={close}>
          Leave it
        </Button>
      </div>
      {changing.error !== null && <ErrorPanel error={changing.error} />}
    </div>
  );
}

function Row({ order, position }: PositionProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <li>
      <span>
        {position.admits !== false && <>Ticket {position.number}: </>}
        {fullName(position, order.timezone)}
      </span>
      {isOpen ? (
        <Choices
          order={order}
          position={position}
          close={() => {
            setOpen(false);
          }}
        />
      ) : (
        <Button
          look="line"
          onClick={() => {
            setOpen(true);
          }}
        >
          Choose another
          <span className="vh">
            {' '}
            for {position.admits === false ? 'item' : 'ticket'} {position.number}
          </span>
        </Button>
      )}
    </li>
  );
}

/** Another size or age group, as far as the organizer lets buyers and it costs no more. */
export function Variations({ order }: { order: OrderView }) {
  const own = new Set(
    order.tickets
      .filter(({ given_on: isGivenOn, status }) => isGivenOn !== true && status === 'valid')
      .map(({ number }) => number),
  );
  const varied = order.positions.filter(
    ({ number, variation_id: variation, admits }) =>
      variation != null && (own.has(number) || admits === false),
  );
  if (varied.length === 0) return null;
  return (
    <div className={styles.part}>
      <h3>Choose another variation</h3>
      <ul className={styles.list}>
        {varied.map((position) => (
          <Row key={position.id} order={order} position={position} />
        ))}
      </ul>
    </div>
  );
}
