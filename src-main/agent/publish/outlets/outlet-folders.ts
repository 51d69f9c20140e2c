// Where in the data folder waits what is to leave the machine, and what was not taken.

export const WAITING_FOLDER = 'influx-spool';
export const REJECTED_FOLDER = 'influx-rejected';
export const OUTLET_FOLDERS = [WAITING_FOLDER, REJECTED_FOLDER] as const;
