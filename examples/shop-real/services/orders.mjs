// Writes orders to PostgreSQL, with the tax on them. Whether it asks for the tax before it takes a
// connection of its pool, or while it holds one, is what `TAX` says.
import { Pool } from 'pg';
import { asking, callOf, serve } from './service.mjs';

const tax = asking('orders -> tax', process.env['TAX_URL']);
const database = callOf('orders -> database');
const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 6 });
// One that breaks while nobody uses it. Unheard, it would end the process.
pool.on('error', (error) => console.warn(`database: ${error.message}`));

/** @param {() => Promise<string>} rate */
async function write(rate) {
  const connection = await pool.connect();
  try {
    // Statements take time in a database that has work to do; this one has none.
    await connection.query('BEGIN; SELECT pg_sleep(0.005)');
    const percent = await rate();
    await connection.query(
      `SELECT pg_sleep(0.005); INSERT INTO orders (tax) VALUES (${Number(percent)}); COMMIT`,
    );
    return 'ordered\n';
  } finally {
    connection.release();
  }
}

serve(async () => {
  if (process.env['TAX'] !== 'first') return write(tax);
  const percent = await tax();
  return database(() => write(() => Promise.resolve(percent)));
});
