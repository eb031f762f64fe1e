// The front door of buyers: an order, then its payment. What cannot be paid now is paid later.
import { asking, serve } from './service.mjs';

const orders = asking('checkout -> orders', process.env['ORDERS_URL']);
const payments = asking(
  'checkout -> payments',
  process.env['PAYMENTS_URL'],
  () => new Response('to be paid later\n'),
);

serve(async () => `${await orders()}${await payments()}`);
