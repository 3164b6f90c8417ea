export { SignalServer, type SignalServerOptions } from './SignalServer.ts';
export { rtcValidation } from './validate.ts';
