// The bank that payments are made with: as slow as banks are.
import { serve, takes } from './service.mjs';

serve(async () => {
  await takes(50, 150);
  return 'paid\n';
});
