import { Outlet, ScrollRestoration } from 'react-router';
import { Footer } from './Footer';
import { Header } from './Header';
import { NoticeStack } from './NoticeStack';
import { OfflineBar } from './OfflineBar';
import { ResumePill } from './ResumePill';

/** The frame of every buyer page; web/first-screens/shell.html is the same frame. */
export function PublicLayout() {
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <Header />
      <OfflineBar />
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <Footer />
      <ResumePill />
      <NoticeStack />
      <ScrollRestoration />
    </>
  );
}
