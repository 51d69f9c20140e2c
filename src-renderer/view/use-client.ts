// The line to the agent, for the parts of the page that ask it for something.
import { createContext, useContext } from 'react';
import type { DashboardClient } from '../line.ts';

const Client = createContext<DashboardClient | null>(null);

export const ClientProvider = Client.Provider;

export function useClient(): DashboardClient {
  const client = useContext(Client);
  if (client === null) throw new Error('The page was drawn without a client.');
  return client;
}
