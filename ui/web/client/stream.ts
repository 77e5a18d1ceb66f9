import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { serverEvent } from '../../contract/index.ts';
import { SESSION } from './session.ts';

/** Listens to what the server sends by itself: a message makes the bell ring, a new run makes everything be asked again. The browser reconnects. */
export function useStream(isOn: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!isOn) return;
    const source = new EventSource('/api/stream');
    const hear = (event: MessageEvent<string>): void => {
      const told = serverEvent.safeParse(_json(event.data));
      if (!told.success) return;
      if (told.data.type === 'message') {
        void client.invalidateQueries({ queryKey: ['messages'] });
        void client.invalidateQueries({ queryKey: SESSION });
      } else if (told.data.type === 'run') void client.invalidateQueries();
    };
    source.addEventListener('message', hear);
    return () => source.close();
  }, [isOn, client]);
}

function _json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
