// As the README of http-proxy has it: `node proxy.cjs http://127.0.0.1:4000`.
const { createProxyServer } = require('http-proxy');

createProxyServer({ target: process.argv[2] }).listen(Number(process.env.PORT), '127.0.0.1');
