import { runInNewContext } from 'node:vm';
import { describeError } from './describe-error';

/** As libraries make their errors that want to be callable without `new`. */
function MadeByFunction(this: Error): void {
  this.message = 'no route to host';
}
MadeByFunction.prototype = Object.create(Error.prototype) as object;

it.each([
  ['of this realm', new TypeError('no route to host')],
  ['of another realm', runInNewContext("new Error('no route to host')") as unknown],
  ['that is made by a function', Reflect.construct(MadeByFunction, [])],
])('describes an error %s', (_, error) => {
  expect(describeError(error)).toMatchObject({ message: 'no route to host' });
});

it('says of anything else only what it is', () => {
  expect(describeError('kim@example.com')).toEqual({ name: 'string', message: 'a value that is no Error was thrown' });
});
