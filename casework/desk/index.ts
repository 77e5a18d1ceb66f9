/** What every act of casework works with: the store, the clock, who acts. */
export * from './desk.ts';
