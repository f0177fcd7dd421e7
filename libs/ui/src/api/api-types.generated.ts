// Generated from the OpenAPI document by `npm run generate`. Do not edit.
export interface paths {
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The people who may sign in */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** Format: date-time */
                                createdAt: string;
                                disabledAt: string | null;
                                email: string;
                                hasPassword: boolean;
                                /** Format: uuid */
                                id: string;
                                lastSignInAt: string | null;
                                name: string;
                                roles: ("agent" | "supervisor" | "marketer" | "analyst" | "integrator" | "admin")[];
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Invite somebody
         * @description Nothing is sent: hand the link over. It sets their password, once, within 24 hours.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: email */
                        email: string;
                        name: string;
                        roles: ("agent" | "supervisor" | "marketer" | "analyst" | "integrator" | "admin")[];
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            account: {
                                /** Format: date-time */
                                createdAt: string;
                                disabledAt: string | null;
                                email: string;
                                hasPassword: boolean;
                                /** Format: uuid */
                                id: string;
                                lastSignInAt: string | null;
                                name: string;
                                roles: ("agent" | "supervisor" | "marketer" | "analyst" | "integrator" | "admin")[];
                            };
                            link: {
                                /** Format: date-time */
                                expiresAt: string;
                                /** @description Good once */
                                url: string;
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            createdAt: string;
                            disabledAt: string | null;
                            email: string;
                            hasPassword: boolean;
                            /** Format: uuid */
                            id: string;
                            lastSignInAt: string | null;
                            name: string;
                            roles: ("agent" | "supervisor" | "marketer" | "analyst" | "integrator" | "admin")[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Remove an account and what is kept of it */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/disabled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Let somebody in no longer, or again
         * @description Who is disabled is signed out everywhere.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        disabled: boolean;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            createdAt: string;
                            disabledAt: string | null;
                            email: string;
                            hasPassword: boolean;
                            /** Format: uuid */
                            id: string;
                            lastSignInAt: string | null;
                            name: string;
                            roles: ("agent" | "supervisor" | "marketer" | "analyst" | "integrator" | "admin")[];
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/reset-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A link with which somebody sets a new password
         * @description Good once, for 24 hours; links before are void. The present password goes on until then.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            expiresAt: string;
                            /** @description Good once */
                            url: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say what somebody may do
         * @description It holds at their very next request.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        roles: ("agent" | "supervisor" | "marketer" | "analyst" | "integrator" | "admin")[];
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            createdAt: string;
                            disabledAt: string | null;
                            email: string;
                            hasPassword: boolean;
                            /** Format: uuid */
                            id: string;
                            lastSignInAt: string | null;
                            name: string;
                            roles: ("agent" | "supervisor" | "marketer" | "analyst" | "integrator" | "admin")[];
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign somebody out everywhere */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is at work */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                agent: string;
                                expiresAt: string;
                                queues: string[];
                                reason: string | null;
                                /** @description Since when they do it */
                                since: string;
                                skills: string[];
                                /** @enum {string} */
                                state: "available" | "busy" | "away";
                            }[];
                            nextCursor: null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/me/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say what an agent does and can do; again before the heartbeat ends */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The key itself unless told */
                        agent?: string;
                        /**
                         * @description Who says nothing for so long is away
                         * @default 60
                         */
                        heartbeatSeconds?: number;
                        /**
                         * @description Queues they work on; all where none is named
                         * @default []
                         */
                        queues?: string[];
                        /** @description Why they are away or busy: `lunch`, `wrap-up` */
                        reason?: string;
                        /** @default [] */
                        skills?: string[];
                        /** @enum {string} */
                        state: "available" | "busy" | "away";
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            agent: string;
                            expiresAt: string;
                            queues: string[];
                            reason: string | null;
                            /** @description Since when they do it */
                            since: string;
                            skills: string[];
                            /** @enum {string} */
                            state: "available" | "busy" | "away";
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/call-center/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Outcome codes, queues, calling hours, attempts; with version as ETag */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            attempts: {
                                /** @default 3 */
                                atMost: number;
                                /** @default 120 */
                                retryAfterMinutes: number;
                            };
                            callingHours: {
                                /** @default {} */
                                countries: {
                                    [key: string]: {
                                        hours: {
                                            days: number[];
                                            from: string;
                                            until: string;
                                        }[];
                                        zones: string[];
                                    };
                                };
                                /**
                                 * @default [
                                 *       {
                                 *         "days": [
                                 *           1,
                                 *           2,
                                 *           3,
                                 *           4,
                                 *           5,
                                 *           6
                                 *         ],
                                 *         "from": "09:00",
                                 *         "until": "20:00"
                                 *       }
                                 *     ]
                                 */
                                otherwise: {
                                    days: number[];
                                    from: string;
                                    until: string;
                                }[];
                            };
                            /** @default 15 */
                            claimMinutes: number;
                            /** @default 30 */
                            holdAfterCallMinutes: number;
                            /**
                             * @default [
                             *       {
                             *         "code": "sold",
                             *         "name": "Sold",
                             *         "meaning": "sold"
                             *       },
                             *       {
                             *         "code": "call_back",
                             *         "name": "Call back",
                             *         "meaning": "call_back"
                             *       },
                             *       {
                             *         "code": "no_interest",
                             *         "name": "No interest",
                             *         "meaning": "no_interest"
                             *       },
                             *       {
                             *         "code": "wrong_number",
                             *         "name": "Wrong number",
                             *         "meaning": "wrong_number"
                             *       },
                             *       {
                             *         "code": "do_not_call",
                             *         "name": "Do not call again",
                             *         "meaning": "do_not_call"
                             *       },
                             *       {
                             *         "code": "no_answer",
                             *         "name": "Nobody answered",
                             *         "meaning": "not_reached"
                             *       },
                             *       {
                             *         "code": "handled",
                             *         "name": "Handled",
                             *         "meaning": "handled"
                             *       },
                             *       {
                             *         "code": "busy",
                             *         "name": "Busy",
                             *         "meaning": "not_reached"
                             *       },
                             *       {
                             *         "code": "voicemail",
                             *         "name": "Voicemail",
                             *         "meaning": "not_reached"
                             *       }
                             *     ]
                             */
                            outcomes: {
                                code: string;
                                /** @enum {string} */
                                meaning: "sold" | "call_back" | "no_interest" | "wrong_number" | "do_not_call" | "not_reached" | "handled";
                                name: string;
                            }[];
                            /**
                             * @default {
                             *       "callBacks": "callbacks",
                             *       "messages": "messages"
                             *     }
                             */
                            queues: {
                                /** @default callbacks */
                                callBacks: string;
                                /** @default messages */
                                messages: string;
                            };
                        };
                    };
                };
            };
        };
        /** Set how calls and tasks are handled; needs If-Match */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default {} */
                        attempts?: {
                            /** @default 3 */
                            atMost?: number;
                            /** @default 120 */
                            retryAfterMinutes?: number;
                        };
                        /** @default {} */
                        callingHours?: {
                            /** @default {} */
                            countries?: {
                                [key: string]: {
                                    hours: {
                                        days: number[];
                                        from: string;
                                        until: string;
                                    }[];
                                    zones: string[];
                                };
                            };
                            /**
                             * @default [
                             *       {
                             *         "days": [
                             *           1,
                             *           2,
                             *           3,
                             *           4,
                             *           5,
                             *           6
                             *         ],
                             *         "from": "09:00",
                             *         "until": "20:00"
                             *       }
                             *     ]
                             */
                            otherwise?: {
                                days: number[];
                                from: string;
                                until: string;
                            }[];
                        };
                        /** @default 15 */
                        claimMinutes?: number;
                        /** @default 30 */
                        holdAfterCallMinutes?: number;
                        /**
                         * @default [
                         *       {
                         *         "code": "sold",
                         *         "name": "Sold",
                         *         "meaning": "sold"
                         *       },
                         *       {
                         *         "code": "call_back",
                         *         "name": "Call back",
                         *         "meaning": "call_back"
                         *       },
                         *       {
                         *         "code": "no_interest",
                         *         "name": "No interest",
                         *         "meaning": "no_interest"
                         *       },
                         *       {
                         *         "code": "wrong_number",
                         *         "name": "Wrong number",
                         *         "meaning": "wrong_number"
                         *       },
                         *       {
                         *         "code": "do_not_call",
                         *         "name": "Do not call again",
                         *         "meaning": "do_not_call"
                         *       },
                         *       {
                         *         "code": "no_answer",
                         *         "name": "Nobody answered",
                         *         "meaning": "not_reached"
                         *       },
                         *       {
                         *         "code": "handled",
                         *         "name": "Handled",
                         *         "meaning": "handled"
                         *       },
                         *       {
                         *         "code": "busy",
                         *         "name": "Busy",
                         *         "meaning": "not_reached"
                         *       },
                         *       {
                         *         "code": "voicemail",
                         *         "name": "Voicemail",
                         *         "meaning": "not_reached"
                         *       }
                         *     ]
                         */
                        outcomes?: {
                            code: string;
                            /** @enum {string} */
                            meaning: "sold" | "call_back" | "no_interest" | "wrong_number" | "do_not_call" | "not_reached" | "handled";
                            name: string;
                        }[];
                        /**
                         * @default {
                         *       "callBacks": "callbacks",
                         *       "messages": "messages"
                         *     }
                         */
                        queues?: {
                            /** @default callbacks */
                            callBacks?: string;
                            /** @default messages */
                            messages?: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            attempts: {
                                /** @default 3 */
                                atMost: number;
                                /** @default 120 */
                                retryAfterMinutes: number;
                            };
                            callingHours: {
                                /** @default {} */
                                countries: {
                                    [key: string]: {
                                        hours: {
                                            days: number[];
                                            from: string;
                                            until: string;
                                        }[];
                                        zones: string[];
                                    };
                                };
                                /**
                                 * @default [
                                 *       {
                                 *         "days": [
                                 *           1,
                                 *           2,
                                 *           3,
                                 *           4,
                                 *           5,
                                 *           6
                                 *         ],
                                 *         "from": "09:00",
                                 *         "until": "20:00"
                                 *       }
                                 *     ]
                                 */
                                otherwise: {
                                    days: number[];
                                    from: string;
                                    until: string;
                                }[];
                            };
                            /** @default 15 */
                            claimMinutes: number;
                            /** @default 30 */
                            holdAfterCallMinutes: number;
                            /**
                             * @default [
                             *       {
                             *         "code": "sold",
                             *         "name": "Sold",
                             *         "meaning": "sold"
                             *       },
                             *       {
                             *         "code": "call_back",
                             *         "name": "Call back",
                             *         "meaning": "call_back"
                             *       },
                             *       {
                             *         "code": "no_interest",
                             *         "name": "No interest",
                             *         "meaning": "no_interest"
                             *       },
                             *       {
                             *         "code": "wrong_number",
                             *         "name": "Wrong number",
                             *         "meaning": "wrong_number"
                             *       },
                             *       {
                             *         "code": "do_not_call",
                             *         "name": "Do not call again",
                             *         "meaning": "do_not_call"
                             *       },
                             *       {
                             *         "code": "no_answer",
                             *         "name": "Nobody answered",
                             *         "meaning": "not_reached"
                             *       },
                             *       {
                             *         "code": "handled",
                             *         "name": "Handled",
                             *         "meaning": "handled"
                             *       },
                             *       {
                             *         "code": "busy",
                             *         "name": "Busy",
                             *         "meaning": "not_reached"
                             *       },
                             *       {
                             *         "code": "voicemail",
                             *         "name": "Voicemail",
                             *         "meaning": "not_reached"
                             *       }
                             *     ]
                             */
                            outcomes: {
                                code: string;
                                /** @enum {string} */
                                meaning: "sold" | "call_back" | "no_interest" | "wrong_number" | "do_not_call" | "not_reached" | "handled";
                                name: string;
                            }[];
                            /**
                             * @default {
                             *       "callBacks": "callbacks",
                             *       "messages": "messages"
                             *     }
                             */
                            queues: {
                                /** @default callbacks */
                                callBacks: string;
                                /** @default messages */
                                messages: string;
                            };
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls of an agent or that ring in queues, those that changed last first */
        get: {
            parameters: {
                query?: {
                    /** @description Calls of this agent */
                    agent?: string;
                    limit?: number;
                    /** @description Only what is not over; else of the last 24 hours */
                    live?: string;
                    /** @description And what rings in these queues, with commas between, and is nobody’s yet */
                    queue?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                agent: string | null;
                                answeredAt: string | null;
                                callId: string;
                                /** Format: uuid */
                                dialogueId: string;
                                /** @enum {string} */
                                direction: "inbound" | "outbound";
                                endedAt: string | null;
                                /** Format: uuid */
                                id: string;
                                identity: {
                                    at: string | null;
                                    by: string | null;
                                    /** @description Who may be calling, where several people have the number */
                                    candidates: string[];
                                    method: string | null;
                                    /** @description With `verified: none` whom the number hints at, and no more than that */
                                    profileId: string | null;
                                    /** @enum {string} */
                                    verified: "none" | "partial" | "full";
                                };
                                /** @description E.164; null where it is withheld or no number */
                                number: string | null;
                                outcome: {
                                    at: string;
                                    code: string;
                                } | null;
                                queue: string | null;
                                source: string;
                                startedAt: string | null;
                                /** @enum {string} */
                                status: "ringing" | "answered" | "ended";
                                taskId: string | null;
                                transfers: number;
                                version: number;
                            }[];
                            nextCursor: null;
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Report what happened with a call: started, answered, transferred, ended
         * @description Reports may come late, twice and in any order. Telephone systems that cannot call this use the webhooks of the connector `call-center`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        agent?: string;
                        /** Format: date-time */
                        at?: string;
                        /** @description How the telephone system names the call; the same name is the same call */
                        callId?: string;
                        /** @enum {string} */
                        direction?: "inbound" | "outbound";
                        /**
                         * @default started
                         * @enum {string}
                         */
                        event?: "started" | "answered" | "transferred" | "ended";
                        /** @description The same report counts once */
                        eventId?: string;
                        /** @description Of the person, as the telephone system writes it; null or `anonymous` where it is withheld */
                        number?: string | null;
                        /** @description Lower-case letters, digits, - and _ */
                        queue?: string;
                        /**
                         * Format: uuid
                         * @description The task that the call is made for
                         */
                        taskId?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            agent: string | null;
                            answeredAt: string | null;
                            callId: string;
                            /** Format: uuid */
                            dialogueId: string;
                            /** @enum {string} */
                            direction: "inbound" | "outbound";
                            endedAt: string | null;
                            /** Format: uuid */
                            id: string;
                            identity: {
                                at: string | null;
                                by: string | null;
                                /** @description Who may be calling, where several people have the number */
                                candidates: string[];
                                method: string | null;
                                /** @description With `verified: none` whom the number hints at, and no more than that */
                                profileId: string | null;
                                /** @enum {string} */
                                verified: "none" | "partial" | "full";
                            };
                            /** @description E.164; null where it is withheld or no number */
                            number: string | null;
                            outcome: {
                                at: string;
                                code: string;
                            } | null;
                            queue: string | null;
                            source: string;
                            startedAt: string | null;
                            /** @enum {string} */
                            status: "ringing" | "answered" | "ended";
                            taskId: string | null;
                            transfers: number;
                            version: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A call */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            agent: string | null;
                            answeredAt: string | null;
                            callId: string;
                            /** Format: uuid */
                            dialogueId: string;
                            /** @enum {string} */
                            direction: "inbound" | "outbound";
                            endedAt: string | null;
                            /** Format: uuid */
                            id: string;
                            identity: {
                                at: string | null;
                                by: string | null;
                                /** @description Who may be calling, where several people have the number */
                                candidates: string[];
                                method: string | null;
                                /** @description With `verified: none` whom the number hints at, and no more than that */
                                profileId: string | null;
                                /** @enum {string} */
                                verified: "none" | "partial" | "full";
                            };
                            /** @description E.164; null where it is withheld or no number */
                            number: string | null;
                            outcome: {
                                at: string;
                                code: string;
                            } | null;
                            queue: string | null;
                            source: string;
                            startedAt: string | null;
                            /** @enum {string} */
                            status: "ringing" | "answered" | "ended";
                            taskId: string | null;
                            transfers: number;
                            version: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls/{id}/identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say who the caller is, and how surely
         * @description A number proves nothing. `partial` and `full` need the method by which somebody made sure. Offers that require it show from then on.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        method?: string;
                        profileId: string | null;
                        /** @enum {string} */
                        verified: "none" | "partial" | "full";
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            agent: string | null;
                            answeredAt: string | null;
                            callId: string;
                            /** Format: uuid */
                            dialogueId: string;
                            /** @enum {string} */
                            direction: "inbound" | "outbound";
                            endedAt: string | null;
                            /** Format: uuid */
                            id: string;
                            identity: {
                                at: string | null;
                                by: string | null;
                                /** @description Who may be calling, where several people have the number */
                                candidates: string[];
                                method: string | null;
                                /** @description With `verified: none` whom the number hints at, and no more than that */
                                profileId: string | null;
                                /** @enum {string} */
                                verified: "none" | "partial" | "full";
                            };
                            /** @description E.164; null where it is withheld or no number */
                            number: string | null;
                            outcome: {
                                at: string;
                                code: string;
                            } | null;
                            queue: string | null;
                            source: string;
                            startedAt: string | null;
                            /** @enum {string} */
                            status: "ringing" | "answered" | "ended";
                            taskId: string | null;
                            transfers: number;
                            version: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls/{id}/outcome": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say what came of a call, by one of the codes of the settings
         * @description What the code means decides what follows, in one transaction: a call-back becomes a task at an hour at which the person may be called, `do_not_call` holds from the next call on, `wrong_number` calls off what was planned for the number, and the offer of `token` is accepted, rejected or put off.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        agent?: string;
                        /** Format: date-time */
                        callBackAt?: string;
                        code: string;
                        currency?: string;
                        note?: string;
                        /** @description Of the offer that was spoken about: the answer to it follows from what the code means */
                        token?: string;
                        value?: number;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            agent: string | null;
                            answeredAt: string | null;
                            callId: string;
                            /** Format: uuid */
                            dialogueId: string;
                            /** @enum {string} */
                            direction: "inbound" | "outbound";
                            endedAt: string | null;
                            /** Format: uuid */
                            id: string;
                            identity: {
                                at: string | null;
                                by: string | null;
                                /** @description Who may be calling, where several people have the number */
                                candidates: string[];
                                method: string | null;
                                /** @description With `verified: none` whom the number hints at, and no more than that */
                                profileId: string | null;
                                /** @enum {string} */
                                verified: "none" | "partial" | "full";
                            };
                            /** @description E.164; null where it is withheld or no number */
                            number: string | null;
                            outcome: {
                                at: string;
                                code: string;
                            } | null;
                            queue: string | null;
                            source: string;
                            startedAt: string | null;
                            /** @enum {string} */
                            status: "ringing" | "answered" | "ended";
                            taskId: string | null;
                            transfers: number;
                            version: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The connectors with health, capabilities and the form of their settings
         * @description No values of settings. `poll` says when fetching last went well.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The next best actions for a person */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description The call it is asked in: its person, conversation and verification count
                         */
                        callId?: string;
                        channel: string;
                        /** @default {} */
                        context?: {
                            [key: string]: unknown;
                        };
                        currency?: string;
                        /** Format: uuid */
                        dialogueId?: string;
                        events?: {
                            anonymousId?: (string | number | "") | null;
                            category?: string | null;
                            context?: {
                                [key: string]: unknown;
                            } | null;
                            event?: string | null;
                            groupId?: (string | number | "") | null;
                            integrations?: {
                                [key: string]: unknown;
                            } | null;
                            messageId?: string | null;
                            name?: string | null;
                            originalTimestamp?: (string | number) | null;
                            previousId?: (string | number | "") | null;
                            properties?: {
                                [key: string]: unknown;
                            } | null;
                            sentAt?: (string | number) | null;
                            timestamp?: (string | number) | null;
                            traits?: {
                                [key: string]: unknown;
                            } | null;
                            /** @enum {string} */
                            type: "identify" | "track" | "page" | "screen" | "group" | "alias";
                            userId?: (string | number | "") | null;
                        }[];
                        explain?: boolean;
                        identifiers: {
                            [key: string]: string;
                        };
                        locale?: string;
                        prefetch?: {
                            holdFor: string;
                        };
                        timeZone?: string;
                        zones: {
                            /** @default 1 */
                            count?: number;
                            zone: string;
                        }[];
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            decisionId: string;
                            dialogueId: string;
                            explanation?: unknown;
                            profileId: string | null;
                            zones: {
                                fallback: {
                                    [key: string]: unknown;
                                } | null;
                                offers: {
                                    bundle?: string[];
                                    content: {
                                        [key: string]: unknown;
                                    };
                                    countdown?: {
                                        endsAt: string;
                                        secondsLeft: number;
                                    };
                                    links: {
                                        click: string;
                                        impression: string;
                                    };
                                    offer: string;
                                    priority: number;
                                    reason: string;
                                    token: string;
                                    treatment: string;
                                    validUntil: string;
                                }[];
                                reason?: string;
                                zone: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The receipt of a decision: every offer considered, with its numbers or the rule that dropped it */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            anonymousId: string | null;
                            /** @description The arm of the impact analysis the person was in */
                            arm: ("reference" | "random" | "propensity-only" | "no-lever" | "model-control") | null;
                            /** Format: date-time */
                            at: string;
                            candidates: {
                                contextWeight: number | null;
                                detail: string | null;
                                dropped: ("not-yet-valid" | "no-longer-valid" | "out-of-stock" | "not-eligible" | "not-applicable" | "not-suitable" | "unknown" | "already-accepted" | "wanted-later" | "rejected" | "contact-policy" | "too-few-items" | "in-experiment" | "cap-reached" | "crowded-out" | "outranked" | "not-renderable" | "not-verified") | null;
                                level: ("issue" | "group" | "offer") | null;
                                lever: number | null;
                                offer: string;
                                place: number | null;
                                priority: number | null;
                                propensity: number | null;
                                question: ("eligibility" | "applicability" | "suitability") | null;
                                /** @enum {string} */
                                stage: "new" | "seen" | "clicked" | "later" | "dismissed" | "rejected" | "accepted";
                                value: number | null;
                                zone: string | null;
                            }[];
                            /** @description Why the chances of first places cannot be told */
                            chancesUnknown: string | null;
                            channel: string;
                            configurationRevision: number;
                            context: unknown;
                            /** @description The policy by which the person was in the control group */
                            control: string | null;
                            decisionId: string;
                            dialogueId: string;
                            experiments: {
                                experiment: string;
                                phase: number;
                                variation: string;
                            }[];
                            /** @description Nothing was to be chosen for this person */
                            fallbackOnly: boolean;
                            /** @description What chosen offers were filled with, and the items that was begun with */
                            items: {
                                from: string[];
                                items: string[];
                                offer: string;
                            }[];
                            /** @description How far what people did with items was counted */
                            itemsCounted: number | null;
                            /** @description Something beside a device was known of the person */
                            known: boolean;
                            /** @description How far the log of what was learned was applied */
                            learned: number;
                            profileId: string | null;
                            profileVersion: number;
                            timeZone: string | null;
                            zones: {
                                count: number;
                                first: {
                                    draws: number;
                                    /** @description The chance of every rated offer that is not listed */
                                    floor: number;
                                    offers: {
                                        offer: string;
                                        probability: number;
                                    }[];
                                } | null;
                                offers: string[];
                                zone: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The deliveries to one person, or all that are unknown; newest first */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                    profile?: string;
                    status?: "unknown";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One delivery with its attempts, what the provider reported of it, and how far it got */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call a delivery off, while it has not left */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say what became of a delivery that is unknown
         * @description Where the provider cannot be asked somebody who found out, or takes it upon them, decides. Audited.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "accepted" | "rejected";
                        /** @default decided by a person */
                        reason?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/desk/board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Queues and agents: service level, speed of answer, handling, wrap-up, occupancy, abandonment */
        get: {
            parameters: {
                query?: {
                    /** @description Seconds; of the service level */
                    answerWithin?: number;
                    /** @description Counted back from now */
                    hours?: number;
                    /** @description Of one queue alone */
                    queue?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            agents: {
                                /** @description Share of the answered */
                                acceptance: number | null;
                                /** @description Calls that ended with an offer accepted */
                                accepted: number;
                                acceptedOffers: number;
                                agent: string;
                                answered: number;
                                /** @description Offers of decisions in calls that the caller answered */
                                answeredOffers: number;
                                handling: number | null;
                                /** @description Share of the time at work that was spent with calls and after them */
                                occupancy: number | null;
                                reason: string | null;
                                since: string | null;
                                state: string | null;
                                wrapUp: number | null;
                            }[];
                            from: string;
                            /** @description How offers that agents made were taken */
                            offers: {
                                /** @description Share of the answered */
                                acceptance: number | null;
                                acceptedOffers: number;
                                /** @description Offers of decisions in calls that the caller answered */
                                answeredOffers: number;
                                offer: string;
                            }[];
                            queues: {
                                /** @description Ended before anybody answered */
                                abandoned: number;
                                /** @description Share of offered calls */
                                abandonment: number | null;
                                agentsAvailable: number;
                                answered: number;
                                calls: number;
                                /** @description Seconds from answer to end */
                                handling: number | null;
                                oldestSeconds: number | null;
                                queue: string;
                                /** @description Share of offered calls that were answered in time */
                                serviceLevel: number | null;
                                /** @description Seconds until an answer, on average */
                                speedOfAnswer: number | null;
                                waiting: number;
                                /** @description Seconds from end to outcome */
                                wrapUp: number | null;
                            }[];
                            to: string;
                            totals: {
                                /** @description Ended before anybody answered */
                                abandoned: number;
                                /** @description Share of offered calls */
                                abandonment: number | null;
                                answered: number;
                                calls: number;
                                /** @description Seconds from answer to end */
                                handling: number | null;
                                /** @description Share of offered calls that were answered in time */
                                serviceLevel: number | null;
                                /** @description Seconds until an answer, on average */
                                speedOfAnswer: number | null;
                                /** @description Seconds from end to outcome */
                                wrapUp: number | null;
                            };
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/desk/board/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same of agents, or acceptance by offer, as CSV */
        get: {
            parameters: {
                query?: {
                    /** @description Seconds; of the service level */
                    answerWithin?: number;
                    /** @description What a row is of */
                    by?: "agents" | "offers";
                    /** @description Counted back from now */
                    hours?: number;
                    /** @description Of one queue alone */
                    queue?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/desk/calls/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who calls, what they did and saw, what was said: all that a screen pop shows
         * @description What says who somebody is, and what they wrote, is masked until the caller is verified. Where a number is shared, nobody is assumed and `candidates` are named.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            candidates: {
                                email: string | null;
                                lastSeen: string;
                                name: string | null;
                                /** Format: uuid */
                                profileId: string;
                            }[];
                            /** @description What happened, newest first */
                            journey: {
                                at: string;
                                channel: string | null;
                                data: {
                                    [key: string]: unknown;
                                };
                                id: string;
                                /** @enum {string} */
                                kind: "event" | "response" | "decision" | "delivery" | "segment" | "merge" | "split" | "note";
                                name: string | null;
                                offer: string | null;
                                source: string | null;
                                treatment: string | null;
                                type: string | null;
                                /** @description Of a note or message; null until the person is verified */
                                words: string | null;
                            }[];
                            person: {
                                computed: {
                                    [key: string]: unknown;
                                };
                                consents: {
                                    at: string;
                                    channel: string | null;
                                    dataUse: string | null;
                                    key: string;
                                    purpose: string | null;
                                    status: string;
                                }[];
                                firstSeen: string;
                                identifiers: {
                                    namespace: string;
                                    value: string;
                                    verified: boolean;
                                }[];
                                lastSeen: string;
                                /** @description Personal data is hidden: nobody has proved yet that it is this person */
                                masked: boolean;
                                name: string | null;
                                preferences: {
                                    [key: string]: unknown;
                                };
                                /** Format: uuid */
                                profileId: string;
                                /** @description What groups the person is in; none while masked */
                                segments: {
                                    key: string;
                                    name: string;
                                }[];
                                traits: {
                                    [key: string]: unknown;
                                };
                                version: number;
                            } | null;
                            /** @description Offers they saw, newest first, with what they saw */
                            seen: {
                                at: string;
                                channel: string;
                                /** @description As it is rendered for the person */
                                content: {
                                    [key: string]: unknown;
                                } | null;
                                /** @description When the offer ends, where it does */
                                endsAt: string | null;
                                /** @description Of the offer, as the catalogue calls it */
                                name: string;
                                offer: string;
                                /** @description The furthest that they went: impression, click, accept, reject, … */
                                response: string;
                                treatment: string;
                                zone: string | null;
                            }[];
                            /** @description Conversations, newest first */
                            talks: {
                                /** Format: uuid */
                                id: string;
                                lastTurnAt: string;
                                /** @description What is said now goes on in it */
                                open: boolean;
                                openedAt: string;
                                /** @description The last ones, oldest first */
                                turns: {
                                    at: string;
                                    channel: string;
                                    id: string;
                                    said: {
                                        [key: string]: unknown;
                                    };
                                    speaker: string;
                                }[];
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/desk/calls/{id}/identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why what the caller is known by is one person’s; only of a caller who is verified */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What holds the person together, then what was said and not followed */
                            items: {
                                /** @description What one end is known by */
                                a: string;
                                at: string;
                                b: string;
                                followed: boolean;
                                /** @enum {string} */
                                rule: "verdict" | "alias" | "event" | "sign-in" | "claim" | "match";
                                /** @description log2 odds of records that are alike; null of what is no matter of degree */
                                score: number | null;
                                /** @description Who said so; null of what was compared, or that no entry tells of */
                                source: string | null;
                                words: string;
                            }[];
                            nextCursor: null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/desk/calls/{id}/journey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the caller did, page by page */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                    /** @description Words in notes and messages */
                    q?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                at: string;
                                channel: string | null;
                                data: {
                                    [key: string]: unknown;
                                };
                                id: string;
                                /** @enum {string} */
                                kind: "event" | "response" | "decision" | "delivery" | "segment" | "merge" | "split" | "note";
                                name: string | null;
                                offer: string | null;
                                source: string | null;
                                treatment: string | null;
                                type: string | null;
                                /** @description Of a note or message; null until the person is verified */
                                words: string | null;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/desk/calls/{id}/wrong-person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that the caller is not whom the number hints at
         * @description The call is detached from the person, the number is no longer used to reach them, and a task asks somebody to look into it.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        note?: string;
                        /**
                         * Format: uuid
                         * @description Who it is instead, where that is known
                         */
                        profileId?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: uuid
                             * @description The review that looks into it
                             */
                            taskId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/desk/follow-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a text or mail about an offer, after a call */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description The call one is in: who is verified there is named in the preview
                         */
                        callId?: string;
                        /** @enum {string} */
                        channel: "sms" | "email";
                        offer: string;
                        /** Format: uuid */
                        profileId: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: uuid */
                            deliveryId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/desk/follow-ups/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a follow-up about an offer would look like */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description The call one is in: who is verified there is named in the preview
                         */
                        callId?: string;
                        /** @enum {string} */
                        channel: "sms" | "email";
                        offer: string;
                        /** Format: uuid */
                        profileId: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            content: {
                                [key: string]: unknown;
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/desk/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What supervisors told everybody today */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                at: string;
                                by: string;
                                /** Format: uuid */
                                id: string;
                                words: string;
                            }[];
                            nextCursor: null;
                        };
                    };
                };
            };
        };
        put?: never;
        /** Tell everybody something: it shows on every desk at once */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        words: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            at: string;
                            by: string;
                            /** Format: uuid */
                            id: string;
                            words: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/desk/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Propose a merge or split: it becomes a review that a supervisor decides on */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description The call one is in: of whom is verified there, a split is shown in full
                         */
                        callId?: string;
                        /** @constant */
                        kind: "merge";
                        /** @description Who is the same person: an id, or an identifier they say */
                        other: string;
                        /** Format: uuid */
                        profileId: string;
                        reason: string;
                    } | {
                        /**
                         * Format: uuid
                         * @description The call one is in: of whom is verified there, a split is shown in full
                         */
                        callId?: string;
                        /** @description What is somebody else’s */
                        identifiers: string[];
                        /** @constant */
                        kind: "split";
                        /** Format: uuid */
                        profileId: string;
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: uuid */
                            taskId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/desk/proposals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A proposal with what it would come to now */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            at: string;
                            /** @description Who proposes it */
                            by: string;
                            /** @enum {string} */
                            kind: "merge" | "split";
                            /** @description Null once it was decided on, or can no longer be done */
                            preview: {
                                /** @description What else is kept under either id of a merge */
                                holds: {
                                    [key: string]: number;
                                };
                                /** @enum {string} */
                                kind: "merge" | "split";
                                /** @description What comes into the record that stays, or leaves with the other */
                                moves: {
                                    identifiers: {
                                        namespace: string;
                                        value: string;
                                    }[];
                                    traits: {
                                        [key: string]: unknown;
                                    };
                                };
                                /** @description The golden records as they would be: one of a merge; of a split who stays, then who leaves */
                                results: {
                                    computed: {
                                        [key: string]: unknown;
                                    };
                                    consents: {
                                        at: string;
                                        channel: string | null;
                                        dataUse: string | null;
                                        key: string;
                                        purpose: string | null;
                                        status: string;
                                    }[];
                                    firstSeen: string;
                                    identifiers: {
                                        namespace: string;
                                        value: string;
                                        verified: boolean;
                                    }[];
                                    lastSeen: string;
                                    /** @description Personal data is hidden: nobody has proved yet that it is this person */
                                    masked: boolean;
                                    name: string | null;
                                    preferences: {
                                        [key: string]: unknown;
                                    };
                                    /** Format: uuid */
                                    profileId: string;
                                    /** @description What groups the person is in; none while masked */
                                    segments: {
                                        key: string;
                                        name: string;
                                    }[];
                                    traits: {
                                        [key: string]: unknown;
                                    };
                                    version: number;
                                }[];
                            } | null;
                            /** Format: uuid */
                            profileId: string;
                            reason: string;
                            /** @description `performed` or `refused` */
                            result: string | null;
                            state: string;
                            /** Format: uuid */
                            taskId: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/desk/proposals/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Perform a proposal, or refuse it; with a reason, and audited */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                        /** @enum {string} */
                        verdict: "perform" | "refuse";
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Of a merge the id that leads to the survivor, of a split who left */
                            otherId: string | null;
                            /** Format: uuid */
                            profileId: string;
                            /** @enum {string} */
                            result: "performed" | "refused";
                            /** Format: uuid */
                            taskId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/desk/proposals/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a merge or split would come to: which golden records, and what moves
         * @description Masked, but for a split of a person who is verified in the call `callId`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description The call one is in: of whom is verified there, a split is shown in full
                         */
                        callId?: string;
                        /** @constant */
                        kind: "merge";
                        /** @description Who is the same person: an id, or an identifier they say */
                        other: string;
                        /** Format: uuid */
                        profileId: string;
                    } | {
                        /**
                         * Format: uuid
                         * @description The call one is in: of whom is verified there, a split is shown in full
                         */
                        callId?: string;
                        /** @description What is somebody else’s */
                        identifiers: string[];
                        /** @constant */
                        kind: "split";
                        /** Format: uuid */
                        profileId: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What else is kept under either id of a merge */
                            holds: {
                                [key: string]: number;
                            };
                            /** @enum {string} */
                            kind: "merge" | "split";
                            /** @description What comes into the record that stays, or leaves with the other */
                            moves: {
                                identifiers: {
                                    namespace: string;
                                    value: string;
                                }[];
                                traits: {
                                    [key: string]: unknown;
                                };
                            };
                            /** @description The golden records as they would be: one of a merge; of a split who stays, then who leaves */
                            results: {
                                computed: {
                                    [key: string]: unknown;
                                };
                                consents: {
                                    at: string;
                                    channel: string | null;
                                    dataUse: string | null;
                                    key: string;
                                    purpose: string | null;
                                    status: string;
                                }[];
                                firstSeen: string;
                                identifiers: {
                                    namespace: string;
                                    value: string;
                                    verified: boolean;
                                }[];
                                lastSeen: string;
                                /** @description Personal data is hidden: nobody has proved yet that it is this person */
                                masked: boolean;
                                name: string | null;
                                preferences: {
                                    [key: string]: unknown;
                                };
                                /** Format: uuid */
                                profileId: string;
                                /** @description What groups the person is in; none while masked */
                                segments: {
                                    key: string;
                                    name: string;
                                }[];
                                traits: {
                                    [key: string]: unknown;
                                };
                                version: number;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/desk/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whom a task is about, and what was said
         * @description Masked, but for what the person wrote to us: it is there to be answered.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            candidates: {
                                email: string | null;
                                lastSeen: string;
                                name: string | null;
                                /** Format: uuid */
                                profileId: string;
                            }[];
                            /** @description What happened, newest first */
                            journey: {
                                at: string;
                                channel: string | null;
                                data: {
                                    [key: string]: unknown;
                                };
                                id: string;
                                /** @enum {string} */
                                kind: "event" | "response" | "decision" | "delivery" | "segment" | "merge" | "split" | "note";
                                name: string | null;
                                offer: string | null;
                                source: string | null;
                                treatment: string | null;
                                type: string | null;
                                /** @description Of a note or message; null until the person is verified */
                                words: string | null;
                            }[];
                            person: {
                                computed: {
                                    [key: string]: unknown;
                                };
                                consents: {
                                    at: string;
                                    channel: string | null;
                                    dataUse: string | null;
                                    key: string;
                                    purpose: string | null;
                                    status: string;
                                }[];
                                firstSeen: string;
                                identifiers: {
                                    namespace: string;
                                    value: string;
                                    verified: boolean;
                                }[];
                                lastSeen: string;
                                /** @description Personal data is hidden: nobody has proved yet that it is this person */
                                masked: boolean;
                                name: string | null;
                                preferences: {
                                    [key: string]: unknown;
                                };
                                /** Format: uuid */
                                profileId: string;
                                /** @description What groups the person is in; none while masked */
                                segments: {
                                    key: string;
                                    name: string;
                                }[];
                                traits: {
                                    [key: string]: unknown;
                                };
                                version: number;
                            } | null;
                            /** @description Offers they saw, newest first, with what they saw */
                            seen: {
                                at: string;
                                channel: string;
                                /** @description As it is rendered for the person */
                                content: {
                                    [key: string]: unknown;
                                } | null;
                                /** @description When the offer ends, where it does */
                                endsAt: string | null;
                                /** @description Of the offer, as the catalogue calls it */
                                name: string;
                                offer: string;
                                /** @description The furthest that they went: impression, click, accept, reject, … */
                                response: string;
                                treatment: string;
                                zone: string | null;
                            }[];
                            /** @description Conversations, newest first */
                            talks: {
                                /** Format: uuid */
                                id: string;
                                lastTurnAt: string;
                                /** @description What is said now goes on in it */
                                open: boolean;
                                openedAt: string;
                                /** @description The last ones, oldest first */
                                turns: {
                                    at: string;
                                    channel: string;
                                    id: string;
                                    said: {
                                        [key: string]: unknown;
                                    };
                                    speaker: string;
                                }[];
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/desk/tasks/{id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer what a person wrote, on the channel they wrote on
         * @description To the address they wrote from. Without `complete` the task stays open.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description Whether the task is done with it
                         * @default false
                         */
                        complete?: boolean;
                        text: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: uuid */
                            deliveryId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/desk/tasks/{id}/answer/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an answer would say, and what it takes to send it */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        text: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description As the person would get it */
                            content: unknown;
                            /** @description Size, messages it takes (segments of a text), cost where the settings name a price */
                            estimate: ({
                                bytes: number;
                                parts: number;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/desk/tasks/{id}/viewing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say that an agent looks at a task, for 30 seconds; answers who else does */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The key itself unless told */
                        agent?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            others: string[];
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List devices */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                approvedBy: string;
                                createdAt: string;
                                /** @description What it last said of itself */
                                health: {
                                    at: string;
                                    /** @description How long it was without the hub just before */
                                    offlineSeconds: number;
                                    /** @description When the oldest of them happened */
                                    oldestWaitingAt: string | null;
                                    /** @description Of the page */
                                    version: string;
                                    /** @description Events that were not sent yet */
                                    waiting: number;
                                } | null;
                                id: string;
                                /** @description Seconds after which a visit that nobody touches ends */
                                idleSeconds: number;
                                lastSeenAt: string | null;
                                name: string;
                                place: string;
                                revokedAt: string | null;
                                /** @description A key, or `reuse` when a replaced credential was shown again */
                                revokedBy: string | null;
                                source: string;
                                zones: string[];
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Shut a device out, at once */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/hand-overs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on with a visit on a phone, once */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        code: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            anonymousId: string;
                            /** @description What the visitor took along, as the kiosk said it; null for nothing */
                            carried: unknown;
                            expiresAt: string;
                            /** @description The hub's time */
                            now: string;
                            token: string;
                            /** @description Of the kiosk: the phone may ask for them, too */
                            zones: string[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a device is called and may show */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            approvedBy: string;
                            createdAt: string;
                            /** @description What it last said of itself */
                            health: {
                                at: string;
                                /** @description How long it was without the hub just before */
                                offlineSeconds: number;
                                /** @description When the oldest of them happened */
                                oldestWaitingAt: string | null;
                                /** @description Of the page */
                                version: string;
                                /** @description Events that were not sent yet */
                                waiting: number;
                            } | null;
                            id: string;
                            /** @description Seconds after which a visit that nobody touches ends */
                            idleSeconds: number;
                            lastSeenAt: string | null;
                            name: string;
                            /** @description Whether visitors can prove their number by a code */
                            phoneCodes: boolean;
                            place: string;
                            revokedAt: string | null;
                            /** @description A key, or `reuse` when a replaced credential was shown again */
                            revokedBy: string | null;
                            source: string;
                            zones: string[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/me/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Events of visits, in their order; 200 means durable, and a `messageId` counts once */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        batch: {
                            anonymousId?: (string | number | "") | null;
                            category?: string | null;
                            context?: {
                                [key: string]: unknown;
                            } | null;
                            event?: string | null;
                            groupId?: (string | number | "") | null;
                            integrations?: {
                                [key: string]: unknown;
                            } | null;
                            messageId?: string | null;
                            name?: string | null;
                            originalTimestamp?: (string | number) | null;
                            previousId?: (string | number | "") | null;
                            properties?: {
                                [key: string]: unknown;
                            } | null;
                            sentAt?: (string | number) | null;
                            timestamp?: (string | number) | null;
                            traits?: {
                                [key: string]: unknown;
                            } | null;
                            /** @enum {string} */
                            type: "identify" | "track" | "page" | "screen" | "group" | "alias";
                            userId?: (string | number | "") | null;
                        }[];
                        /** @description The device's own time: corrects its events' times */
                        sentAt?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            success: boolean;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/me/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** How the device is, once a minute */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description How long it was without the hub just before */
                        offlineSeconds: number;
                        /** @description When the oldest of them happened */
                        oldestWaitingAt: string | null;
                        /** @description Of the page */
                        version: string;
                        /** @description Events that were not sent yet */
                        waiting: number;
                    };
                };
            };
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/me/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A device's next credential */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The one time it is shown; its first use ends the old one */
                            credential: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/me/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a visit; the one before is forgotten */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @constant */
                        by: "anonymous";
                    } | {
                        /** @enum {string} */
                        by: "card" | "code";
                        /** @description A claim: it is kept unverified and reveals nothing */
                        userId: string;
                    } | {
                        /** @constant */
                        by: "phone";
                        /** @description Of the text, where there is one in it */
                        language?: string;
                        /** @description E.164; a code is sent there */
                        phone: string;
                    } | {
                        /** @constant */
                        by: "qr";
                        /** @description What the site's own app shows: a JWT by which its server vouches for the person */
                        userToken: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            anonymousId: string;
                            id: string;
                            /** @description When the visit ends unless somebody touches the screen; warn before */
                            idleAt: string;
                            /** @description Whether somebody proved who they are */
                            known: boolean;
                            /** @description The hub's time, for countdowns on devices whose clocks are wrong */
                            now: string;
                            /** @description The number as a code was sent to it */
                            phone?: string;
                            /** @description Session token for decisions, responses and the stream; ends when the visit idles */
                            token: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/me/visits/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether a visit is still here, without keeping it alive */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            idleAt: string;
                            now: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** End a visit: the visitor is forgotten here */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/me/visits/{id}/hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A one-time QR code for the visitor's phone */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        carried?: {
                            /** Format: uuid */
                            dialogueId?: string;
                            offers: {
                                /** @default false */
                                accepted?: boolean;
                                content: {
                                    [key: string]: unknown;
                                };
                                offer: string;
                                token: string;
                                validUntil: string;
                            }[];
                        };
                    } | null;
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            code: string;
                            expiresAt: string;
                            /** @description What the QR code holds; works once */
                            url: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/me/visits/{id}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove to read what is sent to a number: five tries, five minutes */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        code: string;
                        phone: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            anonymousId: string;
                            id: string;
                            /** @description When the visit ends unless somebody touches the screen; warn before */
                            idleAt: string;
                            /** @description Whether somebody proved who they are */
                            known: boolean;
                            /** @description The hub's time, for countdowns on devices whose clocks are wrong */
                            now: string;
                            /** @description The number as a code was sent to it */
                            phone?: string;
                            /** @description Session token for decisions, responses and the stream; ends when the visit idles */
                            token: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/me/visits/{id}/touch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep a visit alive: a fresh token */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            anonymousId: string;
                            id: string;
                            /** @description When the visit ends unless somebody touches the screen; warn before */
                            idleAt: string;
                            /** @description Whether somebody proved who they are */
                            known: boolean;
                            /** @description The hub's time, for countdowns on devices whose clocks are wrong */
                            now: string;
                            /** @description The number as a code was sent to it */
                            phone?: string;
                            /** @description Session token for decisions, responses and the stream; ends when the visit idles */
                            token: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/pairings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask to be let in: a code for people, a token to poll with */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Shown on the screen; an administrator types it */
                            code: string;
                            expiresAt: string;
                            /** @description Seconds to wait between two polls */
                            pollSeconds: number;
                            /** @description Secret; fetches the credential */
                            pollToken: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/pairings/{code}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let in the device that shows this code */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    code: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description Seconds after which a visit that nobody touches ends
                         * @default 120
                         */
                        idleSeconds?: number;
                        name: string;
                        /** @description Where it stands */
                        place: string;
                        /** @description Whose visitors it serves; the key's own unless told */
                        source?: string;
                        zones: string[];
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            approvedBy: string;
                            createdAt: string;
                            /** @description What it last said of itself */
                            health: {
                                at: string;
                                /** @description How long it was without the hub just before */
                                offlineSeconds: number;
                                /** @description When the oldest of them happened */
                                oldestWaitingAt: string | null;
                                /** @description Of the page */
                                version: string;
                                /** @description Events that were not sent yet */
                                waiting: number;
                            } | null;
                            id: string;
                            /** @description Seconds after which a visit that nobody touches ends */
                            idleSeconds: number;
                            lastSeenAt: string | null;
                            name: string;
                            place: string;
                            revokedAt: string | null;
                            /** @description A key, or `reuse` when a replaced credential was shown again */
                            revokedBy: string | null;
                            source: string;
                            zones: string[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/pairings/poll": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Fetch the credential once somebody has typed the code */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @constant */
                            status: "pending";
                        } | {
                            /** @description The one time it is shown */
                            credential: string;
                            device: {
                                approvedBy: string;
                                createdAt: string;
                                /** @description What it last said of itself */
                                health: {
                                    at: string;
                                    /** @description How long it was without the hub just before */
                                    offlineSeconds: number;
                                    /** @description When the oldest of them happened */
                                    oldestWaitingAt: string | null;
                                    /** @description Of the page */
                                    version: string;
                                    /** @description Events that were not sent yet */
                                    waiting: number;
                                } | null;
                                id: string;
                                /** @description Seconds after which a visit that nobody touches ends */
                                idleSeconds: number;
                                lastSeenAt: string | null;
                                name: string;
                                place: string;
                                revokedAt: string | null;
                                /** @description A key, or `reuse` when a replaced credential was shown again */
                                revokedBy: string | null;
                                source: string;
                                zones: string[];
                            };
                            /** @constant */
                            status: "approved";
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dialogues/{id}/turns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was said in a conversation */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            lastTurnAt: string;
                            openedAt: string;
                            profileId: string | null;
                            /** @description The latest 200, oldest first */
                            turns: {
                                at: string;
                                channel: string;
                                id: string;
                                said: unknown;
                                speaker: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        /** Note what was said in a conversation elsewhere: at a counter, in a chat of your own */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was said; now unless told
                         */
                        at?: string;
                        channel: string;
                        /**
                         * Format: uuid
                         * @description Of the turn; saying it twice counts once
                         */
                        id?: string;
                        /** @description What was said, as `{ "text": "…" }` */
                        said: {
                            [key: string]: unknown;
                        };
                        /** @enum {string} */
                        speaker: "us" | "person";
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            at: string;
                            channel: string;
                            id: string;
                            said: unknown;
                            speaker: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/do-not-call": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put numbers on the do-not-call list */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description In E.164 */
                        numbers: string[];
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            listed: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/do-not-call/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Which of these numbers may not be called */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description In E.164 */
                        numbers: string[];
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            listed: string[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/do-not-call/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take numbers off the do-not-call list, at the wish of whoever has them */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description In E.164 */
                        numbers: string[];
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            released: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entity-hints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** E-mail addresses, phone and order numbers found in free text */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                    state?: "open" | "linked" | "dismissed";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entity-hints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Link what was found to the person, or dismiss it */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description `link`: what was found in the text is this person’s
                         * @enum {string}
                         */
                        verdict: "link" | "dismiss";
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inbound-reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages from people that wait for a human, those that wait longest first */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                    state?: "open" | "refused" | "not_refused" | "answered";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inbound-reviews/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what a message was: a refusal, none, or answered */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description With `refused`: no more from the sender that was written to, or on the channel
                         * @default channel
                         * @enum {string}
                         */
                        scope?: "sender" | "channel";
                        /**
                         * @description `refused`: the person wants no more; the opt-out holds for the very next send
                         * @enum {string}
                         */
                        verdict: "refused" | "not_refused" | "answered";
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists items by id */
        get: {
            parameters: {
                query?: {
                    /** @description Items in this category and below it */
                    category?: string;
                    cursor?: string | "";
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                attributes?: {
                                    [key: string]: string | number | boolean | string[];
                                };
                                /** Format: date-time */
                                availableFrom?: string;
                                /**
                                 * Format: date-time
                                 * @description The first moment it is no longer to be had
                                 */
                                availableUntil?: string;
                                /** @description From the general to the special, with > between: `Coffee > Filter` */
                                category?: unknown;
                                currency?: string;
                                id: string;
                                image?: string;
                                name: string;
                                /** @description In whole units of `currency`, as 18.50 */
                                price?: number;
                                revision: number;
                                /** @description As it was last told: events never change it. Null or absent: not counted, there is always some */
                                stock?: number | null;
                                /** Format: date-time */
                                updatedAt: string;
                                url?: string;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Tell items: one, a list, or one a line (NDJSON)
         * @description An item that is there is replaced. One item answers with itself and its `ETag`; a list with what came of it. All of a list is taken or nothing, unless `partial=true`: then the right items are, and `rejected` names the others.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Whether the right items of a list are taken when others are wrong */
                    partial?: string;
                };
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        attributes?: {
                            [key: string]: string | number | boolean | string[];
                        };
                        /** Format: date-time */
                        availableFrom?: string;
                        /**
                         * Format: date-time
                         * @description The first moment it is no longer to be had
                         */
                        availableUntil?: string;
                        /** @description From the general to the special, with > between: `Coffee > Filter` */
                        category?: string;
                        currency?: string;
                        id: string;
                        image?: string;
                        name: string;
                        /** @description In whole units of `currency`, as 18.50 */
                        price?: number;
                        /** @description As it was last told: events never change it. Null or absent: not counted, there is always some */
                        stock?: number | null;
                        url?: string;
                    } | {
                        attributes?: {
                            [key: string]: string | number | boolean | string[];
                        };
                        /** Format: date-time */
                        availableFrom?: string;
                        /**
                         * Format: date-time
                         * @description The first moment it is no longer to be had
                         */
                        availableUntil?: string;
                        /** @description From the general to the special, with > between: `Coffee > Filter` */
                        category?: string;
                        currency?: string;
                        id: string;
                        image?: string;
                        name: string;
                        /** @description In whole units of `currency`, as 18.50 */
                        price?: number;
                        /** @description As it was last told: events never change it. Null or absent: not counted, there is always some */
                        stock?: number | null;
                        url?: string;
                    }[];
                    "application/x-ndjson": {
                        attributes?: {
                            [key: string]: string | number | boolean | string[];
                        };
                        /** Format: date-time */
                        availableFrom?: string;
                        /**
                         * Format: date-time
                         * @description The first moment it is no longer to be had
                         */
                        availableUntil?: string;
                        /** @description From the general to the special, with > between: `Coffee > Filter` */
                        category?: string;
                        currency?: string;
                        id: string;
                        image?: string;
                        name: string;
                        /** @description In whole units of `currency`, as 18.50 */
                        price?: number;
                        /** @description As it was last told: events never change it. Null or absent: not counted, there is always some */
                        stock?: number | null;
                        url?: string;
                    } | {
                        attributes?: {
                            [key: string]: string | number | boolean | string[];
                        };
                        /** Format: date-time */
                        availableFrom?: string;
                        /**
                         * Format: date-time
                         * @description The first moment it is no longer to be had
                         */
                        availableUntil?: string;
                        /** @description From the general to the special, with > between: `Coffee > Filter` */
                        category?: string;
                        currency?: string;
                        id: string;
                        image?: string;
                        name: string;
                        /** @description In whole units of `currency`, as 18.50 */
                        price?: number;
                        /** @description As it was last told: events never change it. Null or absent: not counted, there is always some */
                        stock?: number | null;
                        url?: string;
                    }[];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            attributes?: {
                                [key: string]: string | number | boolean | string[];
                            };
                            /** Format: date-time */
                            availableFrom?: string;
                            /**
                             * Format: date-time
                             * @description The first moment it is no longer to be had
                             */
                            availableUntil?: string;
                            /** @description From the general to the special, with > between: `Coffee > Filter` */
                            category?: unknown;
                            currency?: string;
                            id: string;
                            image?: string;
                            name: string;
                            /** @description In whole units of `currency`, as 18.50 */
                            price?: number;
                            revision: number;
                            /** @description As it was last told: events never change it. Null or absent: not counted, there is always some */
                            stock?: number | null;
                            /** Format: date-time */
                            updatedAt: string;
                            url?: string;
                        } | {
                            created: number;
                            rejected: {
                                errors: {
                                    detail: string;
                                    line?: number;
                                    pointer: string;
                                }[];
                                id?: string;
                                /** @description Its place in the list, from 0 */
                                index: number;
                                /** @description Its line, from 1; of NDJSON */
                                line?: number;
                            }[];
                            /** @description Told as they were known already */
                            unchanged: number;
                            updated: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/items/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of the items, with its version as ETag */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            attributes?: {
                                [key: string]: string | number | boolean | string[];
                            };
                            /** Format: date-time */
                            availableFrom?: string;
                            /**
                             * Format: date-time
                             * @description The first moment it is no longer to be had
                             */
                            availableUntil?: string;
                            /** @description From the general to the special, with > between: `Coffee > Filter` */
                            category?: unknown;
                            currency?: string;
                            id: string;
                            image?: string;
                            name: string;
                            /** @description In whole units of `currency`, as 18.50 */
                            price?: number;
                            revision: number;
                            /** @description As it was last told: events never change it. Null or absent: not counted, there is always some */
                            stock?: number | null;
                            /** Format: date-time */
                            updatedAt: string;
                            url?: string;
                        };
                    };
                };
            };
        };
        /** Replace an item */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        attributes?: {
                            [key: string]: string | number | boolean | string[];
                        };
                        /** Format: date-time */
                        availableFrom?: string;
                        /**
                         * Format: date-time
                         * @description The first moment it is no longer to be had
                         */
                        availableUntil?: string;
                        /** @description From the general to the special, with > between: `Coffee > Filter` */
                        category?: string;
                        currency?: string;
                        id: string;
                        image?: string;
                        name: string;
                        /** @description In whole units of `currency`, as 18.50 */
                        price?: number;
                        /** @description As it was last told: events never change it. Null or absent: not counted, there is always some */
                        stock?: number | null;
                        url?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            attributes?: {
                                [key: string]: string | number | boolean | string[];
                            };
                            /** Format: date-time */
                            availableFrom?: string;
                            /**
                             * Format: date-time
                             * @description The first moment it is no longer to be had
                             */
                            availableUntil?: string;
                            /** @description From the general to the special, with > between: `Coffee > Filter` */
                            category?: unknown;
                            currency?: string;
                            id: string;
                            image?: string;
                            name: string;
                            /** @description In whole units of `currency`, as 18.50 */
                            price?: number;
                            revision: number;
                            /** @description As it was last told: events never change it. Null or absent: not counted, there is always some */
                            stock?: number | null;
                            /** Format: date-time */
                            updatedAt: string;
                            url?: string;
                        };
                    };
                };
            };
        };
        post?: never;
        /** Remove an item */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change some of an item, as its stock
         * @description A merge patch (RFC 7396): what it names replaces, null takes away. `If-Match` is heeded where it is sent; without it the last word counts.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            attributes?: {
                                [key: string]: string | number | boolean | string[];
                            };
                            /** Format: date-time */
                            availableFrom?: string;
                            /**
                             * Format: date-time
                             * @description The first moment it is no longer to be had
                             */
                            availableUntil?: string;
                            /** @description From the general to the special, with > between: `Coffee > Filter` */
                            category?: unknown;
                            currency?: string;
                            id: string;
                            image?: string;
                            name: string;
                            /** @description In whole units of `currency`, as 18.50 */
                            price?: number;
                            revision: number;
                            /** @description As it was last told: events never change it. Null or absent: not counted, there is always some */
                            stock?: number | null;
                            /** Format: date-time */
                            updatedAt: string;
                            url?: string;
                        };
                    };
                };
            };
        };
        trace?: never;
    };
    "/v1/kiosk/continue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on with a visit on our own page, once; no key needed */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        code: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            anonymousId: string;
                            /** @description What the visitor took along, as the kiosk said it; null for nothing */
                            carried: unknown;
                            expiresAt: string;
                            /** @description The hub's time */
                            now: string;
                            token: string;
                            /** @description Of the kiosk: the phone may ask for them, too */
                            zones: string[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/match-reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Links that a person should look at, oldest first */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                    state?: "open" | "decided";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** @description What one side is known by */
                                a: string;
                                b: string;
                                /** Format: date-time */
                                createdAt: string;
                                decidedAt: string | null;
                                decidedBy: string | null;
                                detail: unknown;
                                /** Format: uuid */
                                id: string;
                                /**
                                 * @description Alike records; a link through what turned out to be shared; too weak a link; events of both sides
                                 * @enum {string}
                                 */
                                kind: "match" | "shared" | "weak" | "ambiguous";
                                verdict: ("same" | "different") | null;
                                /** @description log2 odds that both are one person */
                                weight: number | null;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/match-reviews/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say whether both sides are one person
         * @description The word of a person wins over every rule and model, and outlives them.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        verdict: "same" | "different";
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What one side is known by */
                            a: string;
                            b: string;
                            /** Format: date-time */
                            createdAt: string;
                            decidedAt: string | null;
                            decidedBy: string | null;
                            detail: unknown;
                            /** Format: uuid */
                            id: string;
                            /**
                             * @description Alike records; a link through what turned out to be shared; too weak a link; events of both sides
                             * @enum {string}
                             */
                            kind: "match" | "shared" | "weak" | "ambiguous";
                            verdict: ("same" | "different") | null;
                            /** @description log2 odds that both are one person */
                            weight: number | null;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message to a person */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Whose voice it speaks with */
                        brand?: string;
                        channel: string;
                        /** @enum {string} */
                        class: "transactional" | "marketing";
                        /** @default {} */
                        data?: {
                            [key: string]: unknown;
                        };
                        identifiers: {
                            [key: string]: string;
                        };
                        offer?: string;
                        /** @description What it is for; consent may be scoped to it */
                        purpose?: string;
                        /** Format: date-time */
                        sendAt?: string;
                        template?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: uuid */
                            deliveryId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show what a message would say to a person, and what it takes to send it */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Whose voice it speaks with */
                        brand?: string;
                        channel: string;
                        /**
                         * @default marketing
                         * @enum {string}
                         */
                        class?: "transactional" | "marketing";
                        /** @default {} */
                        data?: {
                            [key: string]: unknown;
                        };
                        identifiers: {
                            [key: string]: string;
                        };
                        offer?: string;
                        /** @description What it is for; consent may be scoped to it */
                        purpose?: string;
                        /** Format: date-time */
                        sendAt?: string;
                        template?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description As the person would get it, but for what the connector adds on its way */
                            content: unknown;
                            /** @description Size, messages it takes (segments of a text), cost where the settings name a price */
                            estimate: ({
                                bytes: number;
                                parts: number;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            treatment: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/negotiations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move the levers of an offer within its budgets; answers with the offer on its new terms */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Whose budget it is */
                        agent: string;
                        /**
                         * Format: uuid
                         * @description The call one is in: the offer names who is verified there
                         */
                        callId?: string;
                        /** @description Asking twice by one id is done once */
                        negotiationId: string;
                        /** @description Where levers shall stand; those not named stay where they begin */
                        terms: {
                            [key: string]: number;
                        };
                        /** @description Of the offer, as it was decided or negotiated last */
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cost: number;
                            currency: string | null;
                            /** @description False: other terms have been agreed on since */
                            current: boolean;
                            negotiationId: string;
                            offer: {
                                bundle?: string[];
                                content: {
                                    [key: string]: unknown;
                                };
                                countdown?: {
                                    endsAt: string;
                                    secondsLeft: number;
                                };
                                links: {
                                    click: string;
                                    impression: string;
                                };
                                offer: string;
                                priority: number;
                                reason: string;
                                token: string;
                                treatment: string;
                                validUntil: string;
                            };
                            /** @description What each budget of the offer has left */
                            remaining: number[];
                            terms: {
                                [key: string]: number;
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The providers at which people may sign in */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                key: string;
                                name: string;
                                startUrl: string;
                            }[];
                            nextCursor: null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oidc/{provider}/back-channel-logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hears from the provider that somebody signed out there */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    provider: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/x-www-form-urlencoded": {
                        logout_token: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oidc/{provider}/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Takes somebody back from the provider
         * @description Leads on to where they wanted to go; where it failed to `/signin?problem=…`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    provider: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Elsewhere */
                302: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oidc/{provider}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Leads a browser to the provider */
        get: {
            parameters: {
                query?: {
                    /** @description A path of ours to come back to */
                    returnTo?: string;
                };
                header?: never;
                path: {
                    provider: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Elsewhere */
                302: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/passwords/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whose link it is */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            email: string;
                            name: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/passwords/links/redeem": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a password with a link; signs out everywhere */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        password: string;
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/passwords/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change one’s password; signs out everywhere else */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        current: string;
                        next: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People by name, order number or postcode
         * @description An order number is matched as a whole; of a name or postcode, every word must be found. E-mail addresses and phone numbers belong into `POST /v1/profiles/lookup`, which keeps them out of URLs.
         */
        get: {
            parameters: {
                query: {
                    cursor?: string;
                    limit?: number;
                    q: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change traits of a person
         * @description Needs `If-Match` with the version the change is made on (`ETag` of the profile), or `*`. A value of null takes a trait back. The values come from the source `api`. 202 where the change is durable and does not show yet.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description What is to be so from now on; null takes a trait back */
                        traits: {
                            [key: string]: components["schemas"]["__schema2"];
                        };
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        trace?: never;
    };
    "/v1/profiles/{id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set consents and preferences of a person
         * @description What is not named stays as it is. An opt-in to a channel and a consent to the use of data are apart. What was said before is kept.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default [] */
                        consents?: {
                            /** @description Of one brand alone */
                            brand?: string;
                            /** @description For an opt-in to a channel */
                            channel?: string;
                            /** @description For the use of data: its purpose */
                            dataUse?: string;
                            proof?: {
                                /** @description Where: a form, a page, a call script */
                                form?: string;
                                ip?: string;
                                /** @description How: a tick, a click in a mail, by word */
                                method?: string;
                                /** @description The text that was shown */
                                shown?: string;
                                version?: string;
                            };
                            /** @description What for; marketing unless given. `all`: transactional messages too */
                            purpose?: string;
                            /** @description Of one of our senders alone: an address or number */
                            sender?: string;
                            /**
                             * @description `pending` until a second opt-in confirms it
                             * @enum {string}
                             */
                            status: "granted" | "denied" | "pending";
                        }[];
                        /**
                         * @description Topics, how often, …; null takes one back
                         * @default {}
                         */
                        preferences?: {
                            [key: string]: components["schemas"]["__schema2"];
                        };
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{id}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why these are, or are not, one person */
        get: {
            parameters: {
                query: {
                    other: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What leads from the one to the other, step by step */
                            links: {
                                a: string;
                                /** Format: date-time */
                                at: string;
                                b: string;
                                /** @description The event, verdict or match it comes from */
                                id: string;
                                reason: ("verdict" | "limit" | "weak" | "shared" | "size" | "bridge" | "unproved") | null;
                                /** @enum {string} */
                                rule: "verdict" | "alias" | "event" | "sign-in" | "claim" | "match";
                                /** @description log2 odds of a match */
                                weight: number | null;
                                words: string;
                            }[];
                            /** @description The waterfall of weights of the two records that are most alike; null where one side has none */
                            match: {
                                a: string;
                                b: string;
                                levels: {
                                    a?: string;
                                    b?: string;
                                    field: string;
                                    level: string;
                                    weight: number;
                                }[];
                                model: string;
                                prior: number;
                                probability: number;
                                thresholds: {
                                    merge: number;
                                    suggest: number;
                                };
                                /** @description log2 odds: the prior and all levels, added up */
                                weight: number;
                                words: string;
                            } | null;
                            /** @description What would lead from the one to the other and was not followed */
                            notFollowed: {
                                a: string;
                                /** Format: date-time */
                                at: string;
                                b: string;
                                /** @description The event, verdict or match it comes from */
                                id: string;
                                reason: ("verdict" | "limit" | "weak" | "shared" | "size" | "bridge" | "unproved") | null;
                                /** @enum {string} */
                                rule: "verdict" | "alias" | "event" | "sign-in" | "claim" | "match";
                                /** @description log2 odds of a match */
                                weight: number | null;
                                words: string;
                            }[];
                            /** Format: uuid */
                            other: string;
                            /** Format: uuid */
                            profileId: string;
                            samePerson: boolean;
                            summary: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{id}/household": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who lives with a person, as far as trusted sources say
         * @description A level of its own: members of a household stay different people.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            households: {
                                /**
                                 * @description A source declares it, or the same surname at one address
                                 * @enum {string}
                                 */
                                basis: "declared" | "home";
                                /** @description Profiles, this one among them */
                                members: string[];
                            }[];
                            /** Format: uuid */
                            profileId: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that two profiles are one person
         * @description Overrides every rule and model, and can be undone by a split. Asked again, it answers the same.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: uuid */
                        other: string;
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Leads to the survivor from now on; null where both were one already */
                            mergedId: string | null;
                            /**
                             * Format: uuid
                             * @description The survivor
                             */
                            profileId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{id}/merge-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a merge would come to */
        get: {
            parameters: {
                query: {
                    other: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What else is kept under either id */
                            holds: {
                                [key: string]: number;
                            };
                            /** @description Leads to the survivor from now on; null where both were one already */
                            mergedId: string | null;
                            /** @description The golden record as it would be */
                            profile: {
                                [key: string]: unknown;
                            };
                            /**
                             * Format: uuid
                             * @description The survivor
                             */
                            profileId: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Note something about a person
         * @description A note, a review or the transcript of a talk: kept in the timeline, where `q` searches it. E-mail addresses, phone numbers and order numbers in it become hints to be reviewed.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it was said; now unless given
                         */
                        at?: string;
                        author?: string;
                        /**
                         * @default note
                         * @enum {string}
                         */
                        kind?: "note" | "review" | "transcript";
                        text: string;
                        title?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: uuid
                             * @description Of its timeline entry
                             */
                            id: string;
                            visible: boolean;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{id}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that some identifiers of a profile are somebody else’s
         * @description Where nothing happened since a merge, both sides come back as they were; else each side is what its own events make of it. The two are never linked again but by a later word of a person.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        identifiers: (string | {
                            namespace: string;
                            value: string;
                        })[];
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: uuid
                             * @description The profile that has the identifiers now
                             */
                            otherId: string;
                            /**
                             * Format: uuid
                             * @description The profile without what left it
                             */
                            profileId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{id}/why-not": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why an offer is not shown to this person: what stands in the way, when that ends, what would change it */
        get: {
            parameters: {
                query: {
                    /** @description The call one is in: of whom is verified there, more is told */
                    callId?: string;
                    channel?: string;
                    /** @description As a request for a decision has it, as JSON */
                    context?: string;
                    /** @description Places in the zone; 1 unless told */
                    count?: number;
                    offer: string;
                    timeZone?: string;
                    /** @description Every zone it has a treatment for unless told */
                    zone?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            at: string;
                            offer: string;
                            profileId: string | null;
                            summary: string;
                            /** @description Every zone it could be shown in, each asked for alone */
                            zones: {
                                /** @description Share of the draws of learning in which it would be shown */
                                chance: number | null;
                                channel: string | null;
                                /** @description When all of it is gone by itself, where that is certain */
                                liftsAt: string | null;
                                /** @description Everything that stands in the way, in the order in which it is asked */
                                obstacles: {
                                    /** @description The rule in CEL */
                                    condition: string | null;
                                    /** @description The policy, experiment, cap or other offer behind it */
                                    detail: string | null;
                                    failing: {
                                        condition: string;
                                        /** @enum {string} */
                                        verdict: "true" | "false" | "unknown";
                                    }[];
                                    level: ("issue" | "group" | "offer") | null;
                                    lifts: {
                                        at: string | null;
                                        /**
                                         * @description `at`: then, if nothing else happens; `earliest`: not before; `change`: when a fact or the configuration changes
                                         * @enum {string}
                                         */
                                        when: "at" | "earliest" | "never" | "change";
                                    };
                                    /** @description Each list of facts together would make the rule hold. Empty: nobody can say. Null: no rule in CEL */
                                    needs: {
                                        /** @description Null when it is not known, or not for the caller */
                                        current: unknown;
                                        /** @description A value that would do */
                                        example: unknown;
                                        /** @description As rules name it: profile.traits.plan */
                                        fact: string;
                                        /** @enum {string} */
                                        relation: "is" | "is-not" | "less-than" | "at-most" | "more-than" | "at-least" | "one-of" | "none-of" | "contains" | "contains-not" | "starts-with" | "ends-with" | "known" | "unknown";
                                        /** @description What it has to stand to */
                                        value: unknown;
                                        words: string;
                                    }[][] | null;
                                    question: ("eligibility" | "applicability" | "suitability") | null;
                                    /** @enum {string} */
                                    rule: "not-published" | "no-treatment" | "restricted" | "control-group" | "not-yet-valid" | "no-longer-valid" | "out-of-stock" | "not-eligible" | "not-applicable" | "not-suitable" | "unknown" | "already-accepted" | "wanted-later" | "rejected" | "contact-policy" | "too-few-items" | "in-experiment" | "cap-reached" | "crowded-out" | "outranked" | "not-renderable" | "not-verified";
                                    /** @description It depends on something that the caller may not see */
                                    withheld: boolean;
                                    words: string;
                                }[];
                                own: {
                                    contextWeight: number;
                                    lever: number;
                                    offer: string;
                                    priority: number;
                                    propensity: number;
                                    value: number;
                                } | null;
                                summary: string;
                                /** @description Facts that would make all its rules hold together; null when all do */
                                unblock: {
                                    /** @description Null when it is not known, or not for the caller */
                                    current: unknown;
                                    /** @description A value that would do */
                                    example: unknown;
                                    /** @description As rules name it: profile.traits.plan */
                                    fact: string;
                                    /** @enum {string} */
                                    relation: "is" | "is-not" | "less-than" | "at-most" | "more-than" | "at-least" | "one-of" | "none-of" | "contains" | "contains-not" | "starts-with" | "ends-with" | "known" | "unknown";
                                    /** @description What it has to stand to */
                                    value: unknown;
                                    words: string;
                                }[][] | null;
                                /** @enum {string} */
                                verdict: "shown" | "outranked" | "blocked";
                                /** @description What is shown instead */
                                winners: {
                                    contextWeight: number;
                                    lever: number;
                                    offer: string;
                                    place: number;
                                    priority: number;
                                    propensity: number;
                                    value: number;
                                    words: string;
                                }[];
                                zone: string | null;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A golden record by id or namespace:value */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    reference: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Erase a person (GDPR article 17)
         * @description Hidden at once, removed from all tables soon after. Only a keyed hash stays, on the do-not-contact list.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    reference: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: uuid */
                            requestId: string;
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{reference}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything held about a person (GDPR articles 15 and 20)
         * @description A JSON document; a record a line with `Accept: application/x-ndjson`. Streamed.
         */
        get: {
            parameters: {
                query?: {
                    mask?: "true" | "false";
                };
                header?: never;
                path: {
                    reference: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            exportedAt: string;
                            /** Format: uuid */
                            profileId: string;
                            records: {
                                data: unknown;
                                kind: string;
                                scope: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{reference}/object": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Object to direct marketing or to profiling (GDPR article 21) */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    reference: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description Takes an earlier request back
                         * @default false
                         */
                        lift?: boolean;
                        /** @enum {string} */
                        scope: "direct_marketing" | "profiling";
                    };
                };
            };
            responses: {
                /** @description Done */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: uuid */
                            requestId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{reference}/restrict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restrict processing: data is kept and not used (GDPR article 18) */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    reference: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description Takes an earlier request back
                         * @default false
                         */
                        lift?: boolean;
                    };
                };
            };
            responses: {
                /** @description Done */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: uuid */
                            requestId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{reference}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened with a person, newest first */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                    q?: string;
                };
                header?: never;
                path: {
                    reference: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A golden record by identifiers that stay out of URLs and logs */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        identifiers: {
                            [key: string]: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/queues/{key}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a queue stands */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Lower-case letters, digits, - and _ */
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            agentsAvailable: number;
                            /** @description Of tasks done in the last 24 hours */
                            averageHandlingSeconds: number | null;
                            /** @description Agents who are free beyond what waits: `context.capacity.<queue>` of decisions */
                            capacity: number;
                            claimed: number;
                            oldestSeconds: number | null;
                            queue: string;
                            /** @description Tasks that are due and nobody has, and calls that ring */
                            waiting: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a person did with an offer */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: date-time */
                        at?: string;
                        currency?: string;
                        /** @description How surely a person did it, not a link scanner or a prefetch; 1 unless told */
                        humanProbability?: number;
                        reason?: string;
                        responseId: string;
                        token: string;
                        /** @enum {string} */
                        type: "impression" | "click" | "accept" | "reject" | "dismiss" | "later" | "not_presented" | "convert";
                        /** Format: date-time */
                        until?: string;
                        value?: number;
                    } | {
                        /** Format: date-time */
                        at?: string;
                        currency?: string;
                        /** @description How surely a person did it, not a link scanner or a prefetch; 1 unless told */
                        humanProbability?: number;
                        reason?: string;
                        responseId: string;
                        token: string;
                        /** @enum {string} */
                        type: "impression" | "click" | "accept" | "reject" | "dismiss" | "later" | "not_presented" | "convert";
                        /** Format: date-time */
                        until?: string;
                        value?: number;
                    }[];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The browsers in which one is signed in */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                address: string;
                                browser: string;
                                /** Format: date-time */
                                createdAt: string;
                                /** @description The one that asks */
                                current: boolean;
                                /** Format: date-time */
                                expiresAt: string;
                                /** Format: uuid */
                                id: string;
                                /**
                                 * Format: date-time
                                 * @description To the minute
                                 */
                                lastSeenAt: string;
                                /** @description `password`, or the provider that vouched for them */
                                with: string;
                            }[];
                            nextCursor: null;
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Sign in with address and password
         * @description Answers with the httpOnly cookie `repartee_session` (`__Host-repartee_session` under https). What goes wrong is said alike whether there is such an account or not. After some failures there is a wait, `Retry-After` says how long.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        email: string;
                        password: string;
                        /** @description A path of ours that the person came from */
                        returnTo?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            account: {
                                email: string;
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            /** @description What they may on routes for administrators */
                            adminScopes: string[];
                            /** @description For the header X-CSRF-Token of every request that changes something */
                            csrfToken: string;
                            /**
                             * Format: date-time
                             * @description Unless they do something before
                             */
                            expiresAt: string;
                            /** @description Where to go on: `returnTo` where it is a path of ours, else what their roles begin with */
                            next: string;
                            roles: ("agent" | "supervisor" | "marketer" | "analyst" | "integrator" | "admin")[];
                            /** @description What they may on routes that servers may call */
                            scopes: string[];
                            /** Format: uuid */
                            sessionId: string;
                        };
                    };
                };
            };
        };
        /** Sign out everywhere, here too */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign out elsewhere */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in */
        get: {
            parameters: {
                query?: {
                    /** @description A path of ours that the person came from */
                    returnTo?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            account: {
                                email: string;
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            /** @description What they may on routes for administrators */
                            adminScopes: string[];
                            /** @description For the header X-CSRF-Token of every request that changes something */
                            csrfToken: string;
                            /**
                             * Format: date-time
                             * @description Unless they do something before
                             */
                            expiresAt: string;
                            /** @description Where to go on: `returnTo` where it is a path of ours, else what their roles begin with */
                            next: string;
                            roles: ("agent" | "supervisor" | "marketer" | "analyst" | "integrator" | "admin")[];
                            /** @description What they may on routes that servers may call */
                            scopes: string[];
                            /** Format: uuid */
                            sessionId: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Sign out */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Where to go to sign out of the provider that vouched for them, too */
                            next: string | null;
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens now, by topic, as server-sent events
         * @description A session follows what is pushed to its own visitor (`offer`). Server and admin keys follow the topics they name and hold the read scope of. Every event has an id; `Last-Event-ID` goes on behind it, and around a reconnection an event may come twice, with the same id in its data. `hello` begins a stream and tells the time of the hub, `gap` says that more happened than is shown, `bye` ends it: come back after `retry`.
         */
        get: {
            parameters: {
                query?: {
                    /** @description As the header Last-Event-ID, for a reader that cannot set it */
                    lastEventId?: string;
                    /** @description Instead of an Authorization header; it opens one stream */
                    ticket?: string;
                    /** @description Server and admin keys: which of events, responses, decisions, deliveries, calls, tasks, people, notices, with commas between */
                    topics?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stream/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A ticket that opens one stream within 30 seconds
         * @description For EventSource, which sends no headers: `GET /v1/stream?ticket=…`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            expiresAt: string;
                            ticket: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tasks, the highest priority first, then those due longest */
        get: {
            parameters: {
                query?: {
                    /** @description Only what this agent has */
                    agent?: string;
                    cursor?: string;
                    /** @description Only what is due */
                    due?: string;
                    kind?: "call_back" | "message" | "review" | "other";
                    limit?: number;
                    profile?: string;
                    queue?: string;
                    state?: "open" | "done" | "cancelled" | "exhausted";
                    /** @description Only what nobody has */
                    unclaimed?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                address: string | null;
                                attempts: number;
                                callId: string | null;
                                claim: {
                                    agent: string;
                                    until: string;
                                } | null;
                                completedAt: string | null;
                                createdAt: string;
                                data: {
                                    [key: string]: unknown;
                                };
                                dialogueId: string | null;
                                dueAt: string;
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                kind: "call_back" | "message" | "review" | "other";
                                priority: number;
                                profileId: string | null;
                                queue: string;
                                result: string | null;
                                skills: string[];
                                /** @enum {string} */
                                state: "open" | "done" | "cancelled" | "exhausted";
                                subject: string;
                                version: number;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        /** Make a task */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: uuid */
                        callId?: string;
                        /** @default {} */
                        data?: {
                            [key: string]: unknown;
                        };
                        /** Format: uuid */
                        dialogueId?: string;
                        /**
                         * Format: date-time
                         * @description A call-back is put off until the person may be called
                         */
                        dueAt?: string;
                        /** @enum {string} */
                        kind: "call_back" | "message" | "review" | "other";
                        /** @description E.164; a call-back needs one, or a profile with one */
                        number?: string;
                        /** @description The same origin never makes two tasks */
                        origin?: string;
                        /** @default 50 */
                        priority?: number;
                        /** Format: uuid */
                        profileId?: string;
                        /** @description Unless told, the queue that the settings name for its kind */
                        queue?: string;
                        /** @default [] */
                        skills?: string[];
                        subject: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            address: string | null;
                            attempts: number;
                            callId: string | null;
                            claim: {
                                agent: string;
                                until: string;
                            } | null;
                            completedAt: string | null;
                            createdAt: string;
                            data: {
                                [key: string]: unknown;
                            };
                            dialogueId: string | null;
                            dueAt: string;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "call_back" | "message" | "review" | "other";
                            priority: number;
                            profileId: string | null;
                            queue: string;
                            result: string | null;
                            skills: string[];
                            /** @enum {string} */
                            state: "open" | "done" | "cancelled" | "exhausted";
                            subject: string;
                            version: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A task, with its version as ETag */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            address: string | null;
                            attempts: number;
                            callId: string | null;
                            claim: {
                                agent: string;
                                until: string;
                            } | null;
                            completedAt: string | null;
                            createdAt: string;
                            data: {
                                [key: string]: unknown;
                            };
                            dialogueId: string | null;
                            dueAt: string;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "call_back" | "message" | "review" | "other";
                            priority: number;
                            profileId: string | null;
                            queue: string;
                            result: string | null;
                            skills: string[];
                            /** @enum {string} */
                            state: "open" | "done" | "cancelled" | "exhausted";
                            subject: string;
                            version: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a task: of many who try one gets it, for as long as the settings say
         * @description By its holder once more, the claim lasts longer. A call-back can be claimed only at hours at which the person may be called (`TASK.NOT_NOW` says from when), and never for a number on the do-not-call list.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The key itself unless told */
                        agent?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            address: string | null;
                            attempts: number;
                            callId: string | null;
                            claim: {
                                agent: string;
                                until: string;
                            } | null;
                            completedAt: string | null;
                            createdAt: string;
                            data: {
                                [key: string]: unknown;
                            };
                            dialogueId: string | null;
                            dueAt: string;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "call_back" | "message" | "review" | "other";
                            priority: number;
                            profileId: string | null;
                            queue: string;
                            result: string | null;
                            skills: string[];
                            /** @enum {string} */
                            state: "open" | "done" | "cancelled" | "exhausted";
                            subject: string;
                            version: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what came of a claimed task; `not_reached` brings it back until it was tried often enough */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The key itself unless told */
                        agent?: string;
                        /**
                         * @default done
                         * @enum {string}
                         */
                        result?: "done" | "not_reached" | "cancelled";
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            address: string | null;
                            attempts: number;
                            callId: string | null;
                            claim: {
                                agent: string;
                                until: string;
                            } | null;
                            completedAt: string | null;
                            createdAt: string;
                            data: {
                                [key: string]: unknown;
                            };
                            dialogueId: string | null;
                            dueAt: string;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "call_back" | "message" | "review" | "other";
                            priority: number;
                            profileId: string | null;
                            queue: string;
                            result: string | null;
                            skills: string[];
                            /** @enum {string} */
                            state: "open" | "done" | "cancelled" | "exhausted";
                            subject: string;
                            version: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}/reassign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a task to another queue or agent */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The key itself unless told */
                        agent?: string;
                        /** @description Lower-case letters, digits, - and _ */
                        queue?: string;
                        to?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            address: string | null;
                            attempts: number;
                            callId: string | null;
                            claim: {
                                agent: string;
                                until: string;
                            } | null;
                            completedAt: string | null;
                            createdAt: string;
                            data: {
                                [key: string]: unknown;
                            };
                            dialogueId: string | null;
                            dueAt: string;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "call_back" | "message" | "review" | "other";
                            priority: number;
                            profileId: string | null;
                            queue: string;
                            result: string | null;
                            skills: string[];
                            /** @enum {string} */
                            state: "open" | "done" | "cancelled" | "exhausted";
                            subject: string;
                            version: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a claimed task back */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The key itself unless told */
                        agent?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            address: string | null;
                            attempts: number;
                            callId: string | null;
                            claim: {
                                agent: string;
                                until: string;
                            } | null;
                            completedAt: string | null;
                            createdAt: string;
                            data: {
                                [key: string]: unknown;
                            };
                            dialogueId: string | null;
                            dueAt: string;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "call_back" | "message" | "review" | "other";
                            priority: number;
                            profileId: string | null;
                            queue: string;
                            result: string | null;
                            skills: string[];
                            /** @enum {string} */
                            state: "open" | "done" | "cancelled" | "exhausted";
                            subject: string;
                            version: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a task off */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The key itself unless told */
                        agent?: string;
                        /** Format: date-time */
                        until: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            address: string | null;
                            attempts: number;
                            callId: string | null;
                            claim: {
                                agent: string;
                                until: string;
                            } | null;
                            completedAt: string | null;
                            createdAt: string;
                            data: {
                                [key: string]: unknown;
                            };
                            dialogueId: string | null;
                            dueAt: string;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "call_back" | "message" | "review" | "other";
                            priority: number;
                            profileId: string | null;
                            queue: string;
                            result: string | null;
                            skills: string[];
                            /** @enum {string} */
                            state: "open" | "done" | "cancelled" | "exhausted";
                            subject: string;
                            version: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/treatments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists treatments by key */
        get: {
            parameters: {
                query?: {
                    cursor?: string | "";
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                channel: string;
                                content: {
                                    [key: string]: unknown;
                                };
                                key: string;
                                offer: string;
                                revision: number;
                                /** Format: date-time */
                                updatedAt: string;
                                zones: string[];
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        /** Add one to the treatments */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        channel: string;
                        content: {
                            [key: string]: unknown;
                        };
                        key: string;
                        offer: string;
                        zones: string[];
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/web/push-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The key a browser subscribes with (VAPID, RFC 8292) */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            publicKey: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/web/push-subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep a browser's push subscription for the session's visitor */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: uri */
                        endpoint: string;
                        keys: {
                            /** Format: base64url */
                            auth: string;
                            /** Format: base64url */
                            p256dh: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        /** Forget a subscription of the visitor */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: uri */
                        endpoint: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/web/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a session for a visitor */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        anonymousId?: string;
                        userToken?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            anonymousId: string;
                            expiresAt: string;
                            now: string;
                            profileId: string | null;
                            token: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Webhooks, oldest first */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** Format: date-time */
                                createdAt: string;
                                /** @default  */
                                description: string;
                                disabledReason: string | null;
                                /** @default true */
                                enabled: boolean;
                                failingSince: string | null;
                                /** Format: uuid */
                                id: string;
                                /**
                                 * @description What happens to one person is sent one after the other: a message that fails holds up the next
                                 * @default false
                                 */
                                ordered: boolean;
                                /** @description More than one while they rotate */
                                secrets: {
                                    signsUntil: string | null;
                                }[];
                                /** @description What to hear of: `*`, `delivery.*`, or of decision.made, delivery.planned, delivery.accepted, delivery.rejected, delivery.unknown, delivery.expired, delivery.cancelled, delivery.sent, delivery.delivered, delivery.failed, delivery.bounced, delivery.complained, response.impression, response.click, response.accept, response.reject, response.dismiss, response.later, response.not_presented, response.convert, response.ignore, segment.entered, segment.left, profile.merged, profile.split, task.created, task.claimed, task.changed, task.done, task.cancelled, call.concluded */
                                types: string[];
                                /** Format: date-time */
                                updatedAt: string;
                                url: string;
                                version: number;
                            }[];
                            nextCursor: null;
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Make a webhook; the one time its secret is shown
         * @description Messages are CloudEvents in JSON, signed as Standard Webhooks defines it. An answer of 2xx within 15 s takes a message; anything else is tried again, ten times in three days. 410 disables the webhook.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default  */
                        description?: string;
                        /** @default true */
                        enabled?: boolean;
                        /**
                         * @description What happens to one person is sent one after the other: a message that fails holds up the next
                         * @default false
                         */
                        ordered?: boolean;
                        /** @description What to hear of: `*`, `delivery.*`, or of decision.made, delivery.planned, delivery.accepted, delivery.rejected, delivery.unknown, delivery.expired, delivery.cancelled, delivery.sent, delivery.delivered, delivery.failed, delivery.bounced, delivery.complained, response.impression, response.click, response.accept, response.reject, response.dismiss, response.later, response.not_presented, response.convert, response.ignore, segment.entered, segment.left, profile.merged, profile.split, task.created, task.claimed, task.changed, task.done, task.cancelled, call.concluded */
                        types: string[];
                        url: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            createdAt: string;
                            /** @default  */
                            description: string;
                            disabledReason: string | null;
                            /** @default true */
                            enabled: boolean;
                            failingSince: string | null;
                            /** Format: uuid */
                            id: string;
                            /**
                             * @description What happens to one person is sent one after the other: a message that fails holds up the next
                             * @default false
                             */
                            ordered: boolean;
                            /** @description Of Standard Webhooks; shown this once */
                            secret: string;
                            /** @description More than one while they rotate */
                            secrets: {
                                signsUntil: string | null;
                            }[];
                            /** @description What to hear of: `*`, `delivery.*`, or of decision.made, delivery.planned, delivery.accepted, delivery.rejected, delivery.unknown, delivery.expired, delivery.cancelled, delivery.sent, delivery.delivered, delivery.failed, delivery.bounced, delivery.complained, response.impression, response.click, response.accept, response.reject, response.dismiss, response.later, response.not_presented, response.convert, response.ignore, segment.entered, segment.left, profile.merged, profile.split, task.created, task.claimed, task.changed, task.done, task.cancelled, call.concluded */
                            types: string[];
                            /** Format: date-time */
                            updatedAt: string;
                            url: string;
                            version: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One webhook, with its version as ETag */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            createdAt: string;
                            /** @default  */
                            description: string;
                            disabledReason: string | null;
                            /** @default true */
                            enabled: boolean;
                            failingSince: string | null;
                            /** Format: uuid */
                            id: string;
                            /**
                             * @description What happens to one person is sent one after the other: a message that fails holds up the next
                             * @default false
                             */
                            ordered: boolean;
                            /** @description More than one while they rotate */
                            secrets: {
                                signsUntil: string | null;
                            }[];
                            /** @description What to hear of: `*`, `delivery.*`, or of decision.made, delivery.planned, delivery.accepted, delivery.rejected, delivery.unknown, delivery.expired, delivery.cancelled, delivery.sent, delivery.delivered, delivery.failed, delivery.bounced, delivery.complained, response.impression, response.click, response.accept, response.reject, response.dismiss, response.later, response.not_presented, response.convert, response.ignore, segment.entered, segment.left, profile.merged, profile.split, task.created, task.claimed, task.changed, task.done, task.cancelled, call.concluded */
                            types: string[];
                            /** Format: date-time */
                            updatedAt: string;
                            url: string;
                            version: number;
                        };
                    };
                };
            };
        };
        /** Replace a webhook; enabling it sends what waits */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default  */
                        description?: string;
                        /** @default true */
                        enabled?: boolean;
                        /**
                         * @description What happens to one person is sent one after the other: a message that fails holds up the next
                         * @default false
                         */
                        ordered?: boolean;
                        /** @description What to hear of: `*`, `delivery.*`, or of decision.made, delivery.planned, delivery.accepted, delivery.rejected, delivery.unknown, delivery.expired, delivery.cancelled, delivery.sent, delivery.delivered, delivery.failed, delivery.bounced, delivery.complained, response.impression, response.click, response.accept, response.reject, response.dismiss, response.later, response.not_presented, response.convert, response.ignore, segment.entered, segment.left, profile.merged, profile.split, task.created, task.claimed, task.changed, task.done, task.cancelled, call.concluded */
                        types: string[];
                        url: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            createdAt: string;
                            /** @default  */
                            description: string;
                            disabledReason: string | null;
                            /** @default true */
                            enabled: boolean;
                            failingSince: string | null;
                            /** Format: uuid */
                            id: string;
                            /**
                             * @description What happens to one person is sent one after the other: a message that fails holds up the next
                             * @default false
                             */
                            ordered: boolean;
                            /** @description More than one while they rotate */
                            secrets: {
                                signsUntil: string | null;
                            }[];
                            /** @description What to hear of: `*`, `delivery.*`, or of decision.made, delivery.planned, delivery.accepted, delivery.rejected, delivery.unknown, delivery.expired, delivery.cancelled, delivery.sent, delivery.delivered, delivery.failed, delivery.bounced, delivery.complained, response.impression, response.click, response.accept, response.reject, response.dismiss, response.later, response.not_presented, response.convert, response.ignore, segment.entered, segment.left, profile.merged, profile.split, task.created, task.claimed, task.changed, task.done, task.cancelled, call.concluded */
                            types: string[];
                            /** Format: date-time */
                            updatedAt: string;
                            url: string;
                            version: number;
                        };
                    };
                };
            };
        };
        post?: never;
        /** Remove a webhook, what waits for it and its log */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every try, newest first */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                    /** @description Of this message alone */
                    message?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** Format: date-time */
                                at: string;
                                /** @description The beginning of the answer, or why there was none */
                                excerpt: string;
                                /** Format: uuid */
                                id: string;
                                latencyMs: number;
                                /**
                                 * Format: uuid
                                 * @description The header webhook-id
                                 */
                                messageId: string;
                                /** @description When it is tried again */
                                nextAt: string | null;
                                /** @description Null where there was no answer */
                                status: number | null;
                                type: string;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/attempts/{attemptId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send the message of an attempt again, with the same webhook-id */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    attemptId: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: uuid */
                            messageId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send again what happened since a moment, with the same webhook-ids */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description All messages, or those that were given up
                         * @default all
                         * @enum {string}
                         */
                        only?: "all" | "failed";
                        /** Format: date-time */
                        since: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            messages: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a webhook a new secret; for a while messages bear two signatures */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description How long secrets before it sign beside it
                         * @default 86400
                         */
                        overlapSeconds?: number;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            secret: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message `webhook.test`; the attempts show what came of it */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: uuid */
                            messageId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        __schema0: unknown;
        __schema1: unknown;
        __schema2: unknown;
        __schema3: unknown;
        __schema4: unknown;
        __schema5: unknown;
        Challenger: {
            /** @description Share of its prior variance that each weight regains with each response */
            ageing?: number;
            /** @description Deviations that a draw adds */
            exploration?: number;
            key: string;
            /** @description The features it may use, as `trait.plan` or `daypart`; all unless told */
            only?: string[];
            /** @description Prior variances of a weight, one posterior each */
            scales?: number[];
            /** @description Features it may not use */
            without?: string[];
        };
        Experiment: {
            /** @default 1 */
            coverage: number;
            /** Format: date-time */
            createdAt: string;
            goal?: components["schemas"]["ExperimentMetricOutput"];
            /** @default [] */
            guardrails: components["schemas"]["ExperimentGuardrailOutput"][];
            /** @default person */
            hashBy: string;
            hypothesis?: string;
            key: string;
            /** @default [] */
            metrics: components["schemas"]["ExperimentMetricOutput"][];
            /** @default 200 */
            minimumPeople: number;
            name?: string;
            namespace?: {
                /** @default 0 */
                from: number;
                key: string;
                /** @default 1 */
                to: number;
            };
            on: {
                default?: components["schemas"]["__schema4"];
                flag?: string;
                journey?: string[];
                offer?: string;
                reaction?: string;
                treatment?: string;
            };
            /** @description From one start to the next stop; 0 before the first */
            phase: number;
            /** @description What is hashed with the person in this phase */
            phaseSeed: string;
            reason: string | null;
            released: string | null;
            seed?: string;
            startedAt: string | null;
            /** @enum {string} */
            state: "draft" | "running" | "stopped";
            stoppedAt: string | null;
            targeting?: string;
            /** Format: date-time */
            updatedAt: string;
            variations: components["schemas"]["ExperimentVariationOutput"][];
            version: number;
            window?: string;
        };
        ExperimentGuardrail: {
            /**
             * @default more
             * @enum {string}
             */
            better: "more" | "less";
            cap?: number;
            /** @default false */
            cuped: boolean;
            currency?: string;
            event?: string;
            key: string;
            /** @enum {string} */
            of: "click" | "accept" | "convert" | "reject" | "order" | "revenue" | "event";
            offer?: string;
            property?: string;
            /** @default 0 */
            tolerance: number;
        };
        ExperimentGuardrailOutput: {
            /**
             * @default more
             * @enum {string}
             */
            better: "more" | "less";
            cap?: number;
            /** @default false */
            cuped: boolean;
            currency?: string;
            event?: string;
            key: string;
            /** @enum {string} */
            of: "click" | "accept" | "convert" | "reject" | "order" | "revenue" | "event";
            offer?: string;
            property?: string;
            /** @default 0 */
            tolerance: number;
        };
        ExperimentMetric: {
            /**
             * @default more
             * @enum {string}
             */
            better: "more" | "less";
            cap?: number;
            /** @default false */
            cuped: boolean;
            currency?: string;
            event?: string;
            key: string;
            /** @enum {string} */
            of: "click" | "accept" | "convert" | "reject" | "order" | "revenue" | "event";
            offer?: string;
            property?: string;
        };
        ExperimentMetricOutput: {
            /**
             * @default more
             * @enum {string}
             */
            better: "more" | "less";
            cap?: number;
            /** @default false */
            cuped: boolean;
            currency?: string;
            event?: string;
            key: string;
            /** @enum {string} */
            of: "click" | "accept" | "convert" | "reject" | "order" | "revenue" | "event";
            offer?: string;
            property?: string;
        };
        ExperimentVariation: {
            go?: boolean;
            key: string;
            lever?: number;
            name?: string;
            show?: boolean;
            skip?: string[];
            treatment?: string;
            value?: components["schemas"]["__schema1"];
            weight?: number;
            zone?: string;
        };
        ExperimentVariationOutput: {
            go?: boolean;
            key: string;
            lever?: number;
            name?: string;
            show?: boolean;
            skip?: string[];
            treatment?: string;
            value?: components["schemas"]["__schema5"];
            weight?: number;
            zone?: string;
        };
        HealthReport: {
            checks: {
                [key: string]: {
                    critical: boolean;
                    detail?: string;
                    /** @enum {string} */
                    status: "ok" | "failed";
                };
            };
            /** @enum {string} */
            status: "ok" | "degraded" | "down";
        };
        /** @description RFC 9457 problem document */
        Problem: {
            /** @description Stable, as SCOPE.CODE */
            code: string;
            detail: string;
            errors?: {
                detail: string;
                /** @description JSON pointer, as #/a/b */
                pointer: string;
            }[];
            status: number;
            title: string;
            type: string;
        } & {
            [key: string]: unknown;
        };
    };
    responses: {
        /** @description What went wrong */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description The same key and body within 24 hours replays the stored answer with `Idempotent-Replayed: true` */
        IdempotencyKey: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
