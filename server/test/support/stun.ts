/** A framed STUN binding request as libjuice and libwebrtc write it. */
export function framedRequest(username: string | undefined): Buffer {
  const value = Buffer.from(username ?? '');
  const attribute = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  attribute.writeUInt16BE(0x0006, 0);
  attribute.writeUInt16BE(value.length, 2);
  value.copy(attribute, 4);
  const priority = Buffer.from('00240004' + '6e7f1eff', 'hex');
  const attributes = Buffer.concat(username === undefined ? [priority] : [priority, attribute]);
  const frame = Buffer.alloc(22);
  frame.writeUInt16BE(20 + attributes.length, 0);
  frame.writeUInt16BE(0x0001, 2);
  frame.writeUInt16BE(attributes.length, 4);
  frame.writeUInt32BE(0x2112a442, 6);
  return Buffer.concat([frame, attributes]);
}
