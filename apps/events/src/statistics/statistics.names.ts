/** Its group, its cursors and its dead letters go by this name. */
export const statisticsConsumer = 'events.statistics';
