import { z } from 'zod';

const bitrate = z.number().int().min(8_000).max(50_000_000);
const seconds = z.number().int().min(1).max(3600);

/** Codecs, Opus framing and the timers of a connection. */
export const mediaSchema = z
  .strictObject({
    vp9: z.boolean().default(false).describe('Accept VP9 (profile 0) besides Opus and VP8, which are always there.'),
    h264: z
      .boolean()
      .default(false)
      .describe(
        'Accept H264 from publishers that ask for it. Viewers without a decoder get no picture then, as Firefox in a closed network.',
      ),
    broadcastFrameMs: z
      .union([z.literal(10), z.literal(20), z.literal(40), z.literal(60)])
      .default(60)
      .describe(
        'Length of an Opus frame on a stage, ms: 60 sends a third of the packets of 20 and adds 40 ms of delay.',
      ),
    dtx: z.boolean().default(true).describe('Opus sends next to nothing while its speaker is silent.'),
    audioNack: z
      .boolean()
      .default(true)
      .describe('Lost packets of sound are asked for again; costs a small buffer per viewer.'),
    keyFrameRequestDelayMs: z
      .number()
      .int()
      .min(0)
      .max(10_000)
      .default(1000)
      .describe('At most one key frame is asked of a publisher in this time, however many viewers want one.'),
    iceConsentTimeoutSeconds: seconds
      .default(12)
      .describe('A peer that has not been heard for this long has lost its line.'),
    estimation: z
      .boolean()
      .default(false)
      .describe(
        'Estimate every viewer’s bandwidth (transport-cc) besides judging their receiver reports; nearly doubles the cost of a packet.',
      ),
    startBitrate: bitrate
      .default(300_000)
      .describe('First guess of a viewer’s line while its bandwidth is estimated, bit/s.'),
    iceServers: z
      .array(
        z.strictObject({
          urls: z.array(z.string().regex(/^(stun|turn)s?:/)).min(1),
          username: z.string().default(''),
          credential: z.string().default(''),
        }),
      )
      .default([])
      .describe('STUN and TURN servers that clients are told of; none is needed where the page’s own port is reached.'),
  })
  .prefault({});

/** One layer of a picture. */
const layerSchema = z.strictObject({
  height: z.number().int().min(90).max(2160),
  frameRate: z.number().int().min(1).max(60),
  bitrate,
});

export const simulcastSchema = z
  .strictObject({
    camera: z
      .array(layerSchema)
      .min(1)
      .max(3)
      .default([
        { height: 180, frameRate: 15, bitrate: 140_000 },
        { height: 360, frameRate: 20, bitrate: 450_000 },
        { height: 720, frameRate: 30, bitrate: 1_700_000 },
      ])
      .describe('Layers of a camera, lowest first. The lowest must fit a poor line together with the sound.'),
    screen: z
      .array(layerSchema)
      .min(1)
      .max(3)
      .default([
        { height: 720, frameRate: 5, bitrate: 150_000 },
        { height: 1080, frameRate: 5, bitrate: 1_500_000 },
      ])
      .describe(
        'Layers of a shared screen, lowest first: few frames, since text has to be sharp. The lowest must fit a poor line.',
      ),
  })
  .refine((v) => rising(v.camera) && rising(v.screen), 'layers must stand lowest first')
  .prefault({});

function rising(layers: readonly { height: number; bitrate: number }[]): boolean {
  return layers.every((layer, i) => {
    const below = layers[i - 1];
    return below === undefined || (below.height < layer.height && below.bitrate < layer.bitrate);
  });
}

const feedbackSchema = z
  .strictObject({
    videoRetransmissionPercent: z
      .number()
      .int()
      .min(0)
      .max(1000)
      .default(20)
      .describe(
        'Packets of a picture that are sent to a viewer again, in percent of the bytes that were sent to them; 64 kB more at once. 0: no limit.',
      ),
    audioRetransmissionPercent: z
      .number()
      .int()
      .min(0)
      .max(1000)
      .default(50)
      .describe('The same of a sound, and 8 kB at once.'),
    keyFrameRequestsPerMinute: z
      .number()
      .int()
      .min(0)
      .max(6000)
      .default(20)
      .describe('Whole pictures that one viewer may ask one publisher for, on average; ten at once. 0: no limit.'),
    rtcpPacketsPerSecond: z
      .number()
      .int()
      .min(0)
      .max(100_000)
      .default(200)
      .describe(
        'Packets of feedback (RTCP) of one connection that are read, and as many for each track that it carries; twice as many at once. 0: no limit.',
      ),
  })
  .describe('What the feedback of one client may cost. Over it the feedback is left aside, and the client stays.')
  .prefault({});

export const limitsSchema = z
  .strictObject({
    peersPerWorker: z
      .number()
      .int()
      .min(1)
      .max(100_000)
      .default(2000)
      .describe('A worker takes no more peers than this.'),
    publicationsPerPeer: z
      .number()
      .int()
      .min(1)
      .max(64)
      .default(8)
      .describe('Tracks that one participant may publish.'),
    layersPerTrack: z
      .number()
      .int()
      .min(1)
      .max(4)
      .default(3)
      .describe('Layers of one track. A track that is offered with more is refused.'),
    incomingBitrate: bitrate
      .default(8_000_000)
      .describe(
        'All that one participant may send, bit/s: their client is told so, and who sends a quarter more for ten seconds joins anew.',
      ),
    sdpBytesPerSecond: z
      .number()
      .int()
      .min(10_000)
      .max(10_000_000)
      .default(200_000)
      .describe(
        'Descriptions (SDP) of one participant, on average; ten times as much at once. More end their connection. livekit-client never takes a section again, so each track that it has ever published makes all its offers 6 kB longer.',
      ),
    messageBytes: z
      .number()
      .int()
      .min(1024)
      .max(1_048_576)
      .default(262_144)
      .describe('Largest data or signal message, bytes.'),
    signalMessagesPerSecond: z
      .number()
      .int()
      .min(5)
      .max(1000)
      .default(50)
      .describe(
        'Signal messages of one participant, on average; ten times as many at once. More end their connection.',
      ),
    dataBytesPerSecond: z
      .number()
      .int()
      .min(110_000)
      .max(100_000_000)
      .default(250_000)
      .describe(
        'Data that one participant may send, on average; ten times as much at once, which should stay under reliableQueueBytes. Lossy messages over it are dropped, a reliable one ends their connection.',
      ),
    lossyBufferBytes: z
      .number()
      .int()
      .min(16_384)
      .max(16_777_216)
      .default(1_000_000)
      .describe('Lossy messages are dropped while more than this waits for a slow peer.'),
    reliableQueueBytes: z
      .number()
      .int()
      .min(65_536)
      .max(67_108_864)
      .default(4_000_000)
      .describe('A peer that lets more than this pile up is put out.'),
    feedback: feedbackSchema,
  })
  .prefault({});

/** How long rooms, and participants whose connection broke, are kept. */
export const roomsSchema = z
  .strictObject({
    emptyTimeoutSeconds: seconds
      .default(300)
      .describe('A room that nobody joined ends after this time. Rooms of a briefing end with the briefing alone.'),
    departureTimeoutSeconds: seconds.default(20).describe('A room ends this long after the last participant left.'),
    keptWithMediaSeconds: seconds
      .default(30)
      .describe('A participant without a signal socket is kept for this time while their media still flows.'),
    keptWithoutMediaSeconds: seconds.default(8).describe('The same when their media is lost too.'),
  })
  .prefault({});

export const sfuConfigSchema = z.strictObject({
  profile: z.enum(['single', 'national']).default('single').describe('Base values; every key below overrides one.'),
  media: mediaSchema,
  simulcast: simulcastSchema,
  rooms: roomsSchema,
  limits: limitsSchema,
});

export type SfuConfig = z.output<typeof sfuConfigSchema>;
export type SfuConfigInput = z.input<typeof sfuConfigSchema>;
