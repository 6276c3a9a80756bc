import { isPublicAddress, problemOfUrl } from './address.rules';

describe('addresses a webhook may reach', () => {
  it.each(['8.8.8.8', '203.0.114.7', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    'localhost',
    '',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('URLs of webhook endpoints', () => {
  it.each([
    ['https://example.org/hook', null],
    ['https://example.org:8443/hook?a=1', null],
    ['http://example.org/hook', 'https-required'],
    ['ftp://example.org/', 'unparsable'],
    ['not a url', 'unparsable'],
    ['https://user:pass@example.org/', 'credentials-in-url'],
    ['https://127.0.0.1/', 'address-not-allowed'],
    ['https://0x7f.1/', 'address-not-allowed'],
    ['https://2130706433/', 'address-not-allowed'],
    ['https://[::ffff:127.0.0.1]/', 'address-not-allowed'],
    ['https://[fd00::1]/', 'address-not-allowed'],
  ])('%s: %s', (url, problem) => {
    expect(problemOfUrl(url, false)).toBe(problem);
  });

  it('may be private and plain where the operator allows it, but never carry credentials', () => {
    expect(problemOfUrl('http://127.0.0.1:8080/hook', true)).toBeNull();
    expect(problemOfUrl('http://user@127.0.0.1/hook', true)).toBe('credentials-in-url');
  });
});
