import { Link } from 'react-router';
import { paths } from '~/shared/paths';

export function Footer() {
  return (
    <footer className="foot">
      <div className="wrap foot-in">
        <p>Boxoffice: open-source tickets, all-in prices.</p>
        <Link to={paths.findOrder}>Find my order</Link>
        <Link to={paths.organizerHome}>Sell tickets</Link>
        <a href="/api/docs">API</a>
      </div>
    </footer>
  );
}
