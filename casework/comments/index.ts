/** What people say on a lead, a case, an entity, a view. */
export { type Comment, type CommentOn, addComment, commentCount, commentsOn } from './comments.ts';
