import ts from 'typescript';

/** Of a manager, but without asking the database. */
const asksNothing = new Set(['create', 'merge', 'getId', 'hasId']);

/**
 * Statements of a transaction that are sent together run in the order in which they were begun only if all of them go the
 * same way: TypeORM holds back what `manager.query` and its like send, and `planned` goes past it. Follows each member of a
 * `Promise.all` to the first statement that it sends, through whatever is given the manager.
 */
export const oneWayTogether = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { mixed: 'Some of these statements go through planned() and some past it, so their order is not kept.' },
  },
  create(context) {
    const { program, esTreeNodeToTSNodeMap } = context.sourceCode.parserServices;
    const checker = program.getTypeChecker();
    const isManager = (node) => checker.getTypeAtLocation(node).symbol?.name === 'EntityManager';
    const followed = new Map();

    function ofCallee(call) {
      const { declaration } = checker.getResolvedSignature(call) ?? {};
      if (declaration?.body === undefined) return [];
      if (!followed.has(declaration)) {
        followed.set(declaration, []);
        followed.set(declaration, firstWays(declaration.body));
      }
      return followed.get(declaration);
    }

    function ofCall(call) {
      const { expression, arguments: given } = call;
      if (ts.isIdentifier(expression) && expression.text === 'planned') return ['planned'];
      if (ts.isPropertyAccessExpression(expression) && isManager(expression.expression)) {
        return asksNothing.has(expression.name.text) ? [] : ['manager'];
      }
      return given.some(isManager) ? ofCallee(call) : [];
    }

    /** How the first statement below the node goes; of a choice, both. */
    function firstWays(node) {
      if (ts.isFunctionLike(node)) return [];
      if (ts.isConditionalExpression(node)) return [...firstWays(node.whenTrue), ...firstWays(node.whenFalse)];
      const below = ts.forEachChild(node, (child) => {
        const ways = firstWays(child);
        return ways.length > 0 ? ways : undefined;
      });
      return below ?? (ts.isCallExpression(node) ? ofCall(node) : []);
    }

    /** A member may have been begun before, under a name. */
    function waysOf(member) {
      if (ts.isConditionalExpression(member)) return [member.whenTrue, member.whenFalse].flatMap(waysOf);
      const known = ts.isIdentifier(member) ? checker.getSymbolAtLocation(member)?.valueDeclaration : undefined;
      return firstWays(known?.initializer ?? member);
    }

    return {
      'CallExpression[callee.object.name="Promise"] > ArrayExpression.arguments'(members) {
        const { elements } = esTreeNodeToTSNodeMap.get(members);
        const ways = new Set(elements.flatMap(waysOf));
        if (ways.size > 1) context.report({ node: members, messageId: 'mixed' });
      },
    };
  },
};
