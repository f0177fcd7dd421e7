// Some shells between npm and us die of the signal that npm passes on and keep it from us. Then we give it to ourselves.
const parent = process.ppid;

if (process.env.npm_lifecycle_event) {
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  timer.unref();
}
