/** A stable error code `SCOPE.CODE` with the HTTP status and title it is shown with. */
export interface ErrorEntry {
  status: number;
  title: string;
}

export type ErrorTable = Record<string, ErrorEntry>;
