/** Messages to one account each: unread, acknowledged, and one digest a day. */
export { sendDigests } from './digest.ts';
export {
  type Message,
  type MessageKind,
  type NewMessage,
  type Sent,
  listMessages,
  markAllRead,
  markMessage,
  oneMessage,
  putMessage,
  sendMessage,
  tellSent,
  unreadCount,
} from './messages.ts';
