// Says what tax there is on an order.
import { serve, takes } from './service.mjs';

serve(async () => {
  await takes(30, 90);
  return '0.19\n';
});
