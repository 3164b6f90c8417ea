import { PerformRpcRequest, PerformRpcResponse, SendDataRequest, SendDataResponse } from '@livekit/protocol';
import { RpcFailure } from '../data/index.ts';
import { rpcErrors } from '../data/ServerRpc.ts';
import { adminOf, calleeOf, dataRoomOf, method } from './method.ts';
import { refused, type TwirpCode } from './twirp.ts';

const codes: Readonly<Record<number, TwirpCode>> = {
  [rpcErrors.connectionTimeout.code]: 'deadline_exceeded',
  [rpcErrors.responseTimeout.code]: 'deadline_exceeded',
  [rpcErrors.recipientDisconnected.code]: 'unavailable',
};

export const dataMethods = {
  SendData: method(SendDataRequest, adminOf, (request, context) => {
    const { data: payload, kind, topic, nonce, destinationIdentities, destinationSids } = request;
    const message = { payload, kind, topic, nonce, destinationIdentities, destinationSids };
    context.data.sendFromServer(dataRoomOf(context, request), message);
    return new SendDataResponse();
  }),

  /** What the participant answers with an error is a failed precondition, with the error's code and data as meta. */
  PerformRpc: method(PerformRpcRequest, adminOf, async (request, context) => {
    const { room, destinationIdentity: identity, method: name, payload, responseTimeoutMs } = request;
    const callee = calleeOf(context, { room, identity });
    try {
      const answer = await context.data.rpc.perform(callee, { method: name, payload, responseTimeoutMs });
      return new PerformRpcResponse({ payload: answer });
    } catch (error) {
      if (!(error instanceof RpcFailure)) throw error;
      const { code, message, data } = error.rpc;
      throw refused(codes[code] ?? 'failed_precondition', message, { code: String(code), data });
    }
  }),
};
