import {
  type ClusterJoinAnswer,
  type ClusterJoinAsk,
  clusterJoinAnswerSchema,
  clusterJoinAskSchema,
} from '../../../protocol/joining.ts';
import { type Route, route } from '../route.ts';

/** How another machine becomes a node of this cluster. @param admit throws DomainError when it may not */
export const joiningRoutes = (admit: (ask: ClusterJoinAsk, address: string) => Promise<ClusterJoinAnswer>): Route[] => [
  route({
    method: 'post',
    path: '/api/cluster/join',
    summary: 'What a node needs to work beside this one, closed for who knows the secret of the cluster.',
    access: 'public',
    body: clusterJoinAskSchema,
    answer: clusterJoinAnswerSchema,
    handle: ({ body, address }) => admit(body, address),
  }),
];
