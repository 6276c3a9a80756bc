const Sequencer = require('@jest/test-sequencer').default;

/**
 * On a machine that has run them before jest begins with the specs that took longest; on any other with the largest files,
 * and then the longest journey may begin last, alone. So the kinds come by how long they take.
 */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const kinds = [/headline\.e2e/, /\.e2e\./, /\.int\./, /./];
    const kindOf = ({ path }) => kinds.findIndex((kind) => kind.test(path));
    return [...super.sort(tests)].sort((one, other) => kindOf(one) - kindOf(other));
  }
};
