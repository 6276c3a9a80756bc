/** How mail is sent. */
export class MailSettings {
  constructor(
    readonly smtpUrl: string,
    /** An address, with or without a display name. */
    readonly from: string,
    /** Connections to the SMTP server, and so mails at once in this process. */
    readonly connections: number,
  ) {}
}
