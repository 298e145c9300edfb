import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

// A security key in software (WebAuthn level 2, ES256, attestation "none"): enough to register and to sign in with.

export interface SecurityKey {
  /** Answers `navigator.credentials.create`. */
  register(options: { readonly challenge: string; readonly rp: { readonly id?: string } }): unknown
  /** Answers `navigator.credentials.get`. `isUserVerified` says whether it asked for finger, face or number. */
  signIn(options: { readonly challenge: string; readonly rpId?: string }, isUserVerified?: boolean): unknown
}

const present = 0x01
const verified = 0x04
const withKey = 0x40

export function makeSecurityKey(origin: string): SecurityKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(16)
  let counter = 0

  function clientData(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  }

  function authenticatorData(rpId: string, flags: number, key: Buffer): Buffer {
    counter += 1
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count, key])
  }

  return {
    register({ challenge, rp }) {
      const idLength = Buffer.from([0, id.length])
      const key = Buffer.concat([Buffer.alloc(16), idLength, id, coseKey(publicKey)])
      const authData = authenticatorData(rp.id ?? '', present | verified | withKey, key)
      const attestation = cborMap([
        [cborText('fmt'), cborText('none')],
        [cborText('attStmt'), cborMap([])],
        [cborText('authData'), cborBytes(authData)],
      ])
      return credential(id, {
        clientDataJSON: clientData('webauthn.create', challenge).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      })
    },
    signIn({ challenge, rpId = '' }, isUserVerified = true) {
      const data = clientData('webauthn.get', challenge)
      const authData = authenticatorData(rpId, present | (isUserVerified ? verified : 0), Buffer.alloc(0))
      const signed = Buffer.concat([authData, createHash('sha256').update(data).digest()])
      return credential(id, {
        clientDataJSON: data.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: sign('sha256', signed, privateKey).toString('base64url'),
      })
    },
  }
}

function credential(id: Buffer, response: unknown): unknown {
  const text = id.toString('base64url')
  return { id: text, rawId: text, type: 'public-key', clientExtensionResults: {}, response }
}

/** RFC 9053: key type EC2, algorithm ES256, curve P-256, x, y. */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return cborMap([
    [Buffer.from([0x01]), Buffer.from([0x02])],
    [Buffer.from([0x03]), Buffer.from([0x26])],
    [Buffer.from([0x20]), Buffer.from([0x01])],
    [Buffer.from([0x21]), cborBytes(Buffer.from(x, 'base64url'))],
    [Buffer.from([0x22]), cborBytes(Buffer.from(y, 'base64url'))],
  ])
}

function cborMap(entries: readonly (readonly [Buffer, Buffer])[]): Buffer {
  return Buffer.concat([Buffer.from([0xa0 | entries.length]), ...entries.flat()])
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 | text.length]), Buffer.from(text)])
}

function cborBytes(bytes: Buffer): Buffer {
  const head = bytes.length < 256 ? [0x58, bytes.length] : [0x59, bytes.length >> 8, bytes.length & 0xff]
  return Buffer.concat([Buffer.from(head), bytes])
}
