/**
 * A parameter of a prepared statement that the planner does not look at. It would estimate its rows by the length of a list,
 * find the plan for exactly that list a little cheaper than the general one, and plan the statement anew each time: three
 * quarters of a millisecond for one of a dozen tables that then takes a quarter of it. For statements that are right with one plan for all lists.
 * https://www.postgresql.org/docs/18/sql-prepare.html#SQL-PREPARE-NOTES
 * @param place of the parameter, 1 being the first
 * @param type in SQL
 */
export const unseen = (place: number, type: string) => `(SELECT $${place}::${type})::${type}`;
